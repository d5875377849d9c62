export interface SandboxClock {
  /** Sandbox time in epoch milliseconds: the wall clock plus everything it was advanced by. */
  readonly now: () => number
  /** The wall clock, which advancing does not touch. */
  readonly wall: () => number
  readonly offsetMs: () => number
  readonly setOffset: (offsetMs: number) => void
}

export function createClock(wall: () => number): SandboxClock {
  let offset = 0
  return {
    now: () => wall() + offset,
    wall,
    offsetMs: () => offset,
    setOffset: (offsetMs) => {
      offset = offsetMs
    },
  }
}
