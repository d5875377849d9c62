import type { SandboxClock } from './clock.ts'

/** What an agenda entry is about; each kind has one handler. */
export type AgendaKind = 'payment' | 'withdrawal' | 'delivery' | 'traffic' | 'scenario'
type Handler = (id: string, at: number) => void

export interface Agenda {
  readonly handle: (kind: AgendaKind, handler: Handler) => void
  /** One entry per kind and id: scheduling again moves it, null takes it off. */
  readonly schedule: (kind: AgendaKind, id: string, at: number | null) => void
  /** Runs everything due in order and with the clock at its own time, so a jump of the clock plays out as if lived. */
  readonly runDue: () => void
  readonly start: () => void
  readonly stop: () => void
  readonly clear: () => void
}

interface Entry {
  readonly kind: AgendaKind
  readonly id: string
  readonly at: number
}

/** Short, because the clock may be moved without telling. */
const SLEEP_MS_MAX = 1_000
const SLEEP_MS_MIN = 2

export function createAgenda(clock: SandboxClock): Agenda {
  const handlers = new Map<AgendaKind, Handler>()
  const current = new Map<string, number>()
  let heap: Entry[] = []
  let timer: NodeJS.Timeout | null = null
  let running = false

  const arm = () => {
    if (!running) return
    if (timer) clearTimeout(timer)
    const [next] = heap
    if (!next) return
    const wait = Math.min(Math.max(next.at - clock.now(), SLEEP_MS_MIN), SLEEP_MS_MAX)
    timer = setTimeout(runDue, wait)
  }

  const runDue = () => {
    for (let next = heap[0]; next && next.at <= clock.now(); next = heap[0]) {
      const { kind, id, at } = next
      popFirst(heap)
      const key = keyOf(next)
      // A moved entry leaves its old place in the heap behind.
      if (current.get(key) !== at) continue
      current.delete(key)
      clock.during(at, () => handlers.get(kind)?.(id, at))
    }
    arm()
  }

  return {
    handle: (kind, handler) => {
      handlers.set(kind, handler)
    },
    schedule: (kind, id, at) => {
      const key = keyOf({ kind, id })
      if (at === null) {
        current.delete(key)
        return
      }
      if (current.get(key) === at) return
      current.set(key, at)
      push(heap, { kind, id, at })
      if (heap[0]?.at === at) arm()
    },
    runDue,
    start: () => {
      running = true
      arm()
    },
    stop: () => {
      running = false
      if (timer) clearTimeout(timer)
    },
    clear: () => {
      heap = []
      current.clear()
    },
  }
}

function keyOf(entry: { readonly kind: AgendaKind; readonly id: string }): string {
  return `${entry.kind}:${entry.id}`
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.length
  heap.push(entry)
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (timeAt(heap, parent) <= entry.at) break
    swap(heap, index, parent)
    index = parent
  }
}

function popFirst(heap: Entry[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  heap[0] = last
  let index = 0
  for (;;) {
    const left = index * 2 + 1
    const right = left + 1
    let smallest = index
    if (timeAt(heap, left) < timeAt(heap, smallest)) smallest = left
    if (timeAt(heap, right) < timeAt(heap, smallest)) smallest = right
    if (smallest === index) return
    swap(heap, index, smallest)
    index = smallest
  }
}

function timeAt(heap: readonly Entry[], index: number): number {
  return heap[index]?.at ?? Number.POSITIVE_INFINITY
}

function swap(heap: Entry[], one: number, other: number): void {
  const [a, b] = [heap[one], heap[other]]
  if (!a || !b) return
  heap[one] = b
  heap[other] = a
}
