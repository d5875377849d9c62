/** A list kept in order while things arrive and change, so that no request has to sort. */
export interface SortedList<T> {
  readonly items: () => readonly T[]
  /** Replaces everything; sorts once. */
  readonly load: (items: readonly T[]) => void
  readonly insert: (item: T) => void
  readonly remove: (item: T) => void
}

/** `compare` must tell any two different things apart. */
export function createSortedList<T>(compare: (a: T, b: T) => number): SortedList<T> {
  let sorted: T[] = []

  const placeOf = (item: T) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = sorted[middle]
      if (other !== undefined && compare(other, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    items: () => sorted,
    load: (items) => {
      sorted = [...items].sort(compare)
    },
    insert: (item) => {
      sorted.splice(placeOf(item), 0, item)
    },
    remove: (item) => {
      const place = placeOf(item)
      const found = sorted[place]
      if (found !== undefined && compare(found, item) === 0) sorted.splice(place, 1)
    },
  }
}
