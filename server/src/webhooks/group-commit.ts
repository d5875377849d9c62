import { setTimeout as delay } from 'node:timers/promises'

/** Lets callers that wait at the same moment share one write. */
export interface GroupCommit<Item, Stored> {
  /** Resolves once the item is durable. Rejects with the write's error, or QueueFull at once. */
  submit(item: Item): Promise<Stored>
  /** Resolves once no crowd shared a write lately, or after that many milliseconds. */
  uncrowded(msMax: number): Promise<void>
}

export interface GroupCommitOptions<Item, Stored> {
  /** Writes all or nothing and answers in the order given. */
  readonly write: (items: readonly Item[]) => Promise<readonly Stored[]>
  /** Items with a name in common never share a write: the second one has to see the first. */
  readonly namesOf: (item: Item) => readonly string[]
  /** Whether the error is the fault of some item, so that the others should be written without it. */
  readonly isItemFault: (error: unknown) => boolean
  /** Writes under way at once. */
  readonly lanes: number
  /** Whoever waits while a write is under way has another one begin beside it only from this many on. */
  readonly itemsForAnotherLane: number
  readonly itemsPerWriteMax: number
  /** So many in one write are a crowd: more come than can be written at once. */
  readonly itemsOfCrowd: number
  readonly waitingMax: number
  /** What an item weighs in memory, in bytes, and how much of that may wait together. */
  readonly bytesOf: (item: Item) => number
  readonly waitingBytesMax: number
}

export class QueueFull extends Error {
  override readonly name = 'QueueFull'
}

export function createGroupCommit<Item, Stored>(
  options: GroupCommitOptions<Item, Stored>,
): GroupCommit<Item, Stored> {
  let waiting: Waiting<Item, Stored>[] = []
  let waitingBytes = 0
  let lanesBusy = 0
  let crowdedUntil = 0

  const mayStart = (): boolean =>
    waiting.length >= (lanesBusy === 0 ? 1 : options.itemsForAnotherLane) &&
    lanesBusy < options.lanes

  const startLanes = (): void => {
    while (mayStart()) {
      const { group, rest } = nextGroup(waiting, options)
      waiting = rest
      lanesBusy++
      if (group.length >= options.itemsOfCrowd) crowdedUntil = performance.now() + crowdLastsMs
      void writeGroup(group, options).finally(() => {
        lanesBusy--
        for (const { item } of group) waitingBytes -= options.bytesOf(item)
        startLanes()
      })
    }
  }

  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        const bytes = options.bytesOf(item)
        const isFull =
          waiting.length >= options.waitingMax || waitingBytes + bytes > options.waitingBytesMax
        if (isFull) {
          reject(new QueueFull('Too many are waiting to be stored.'))
          return
        }
        waitingBytes += bytes
        waiting.push({ item, resolve, reject })
        startLanes()
      }),
    uncrowded: async (msMax) => {
      const end = performance.now() + msMax
      for (;;) {
        const waitMs = Math.min(crowdedUntil, end) - performance.now()
        if (waitMs <= 0) return
        await delay(waitMs, undefined, { ref: false })
      }
    },
  }
}

/** Long enough for those just answered to send their next. */
const crowdLastsMs = 50

interface Waiting<Item, Stored> {
  readonly item: Item
  readonly resolve: (stored: Stored) => void
  readonly reject: (error: unknown) => void
}

function nextGroup<Item, Stored>(
  waiting: readonly Waiting<Item, Stored>[],
  { namesOf, itemsPerWriteMax }: GroupCommitOptions<Item, Stored>,
): { group: Waiting<Item, Stored>[]; rest: Waiting<Item, Stored>[] } {
  const group: Waiting<Item, Stored>[] = []
  const rest: Waiting<Item, Stored>[] = []
  const taken = new Set<string>()
  for (const one of waiting) {
    const names = namesOf(one.item)
    const fits = group.length < itemsPerWriteMax && !names.some((name) => taken.has(name))
    if (fits) for (const name of names) taken.add(name)
    ;(fits ? group : rest).push(one)
  }
  return { group, rest }
}

async function writeGroup<Item, Stored>(
  group: readonly Waiting<Item, Stored>[],
  options: GroupCommitOptions<Item, Stored>,
): Promise<void> {
  try {
    const stored = await options.write(group.map(({ item }) => item))
    for (const [index, { resolve, reject }] of group.entries()) {
      const own = stored[index]
      if (own === undefined) reject(new Error('The write answered for fewer items than it got.'))
      else resolve(own)
    }
  } catch (error) {
    if (group.length > 1 && options.isItemFault(error)) {
      for (const one of group) await writeGroup([one], options)
      return
    }
    for (const { reject } of group) reject(error)
  }
}
