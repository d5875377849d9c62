/** Who may take a place, and by which roles. */
interface Candidate<R> {
  readonly id: string
  readonly roles: readonly R[]
}

interface Taken<R> {
  readonly id: string
  readonly role: R
}

/**
 * Gives places to candidates so that as many as possible are taken, each by one and each candidate one
 * (a maximum matching). Who comes first keeps a place, though not always the same one.
 */
export function matchVotes<R>(
  places: readonly R[],
  candidates: readonly Candidate<R>[],
): readonly Taken<R>[] {
  const takers = new Map<number, Candidate<R>>()
  for (const candidate of candidates) seat(candidate, { places, takers, tried: new Set() })
  return [...takers]
    .toSorted(([left], [right]) => left - right)
    .flatMap(([index, { id }]) => {
      const role = places[index]
      return role === undefined ? [] : [{ id, role }]
    })
}

/** Finds a place, moving others to another of theirs where that frees one. */
function seat<R>(
  candidate: Candidate<R>,
  round: {
    readonly places: readonly R[]
    readonly takers: Map<number, Candidate<R>>
    readonly tried: Set<number>
  },
): boolean {
  const { places, takers, tried } = round
  return places.some((role, index) => {
    if (tried.has(index) || !candidate.roles.includes(role)) return false
    tried.add(index)
    const taker = takers.get(index)
    if (taker && !seat(taker, round)) return false
    takers.set(index, candidate)
    return true
  })
}
