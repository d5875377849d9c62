export interface SandboxClock {
  /** Sandbox time in epoch milliseconds: the wall clock plus everything it was advanced by. */
  readonly now: () => number
  /** The wall clock, which advancing does not touch. */
  readonly wall: () => number
  readonly offsetMs: () => number
  readonly setOffset: (offsetMs: number) => void
  /** Lets `now` stand at `at` while `run` runs: something that was due before anybody looked. */
  readonly during: (at: number, run: () => void) => void
}

export function createClock(wall: () => number): SandboxClock {
  let offset = 0
  let standing: number | null = null
  return {
    now: () => standing ?? wall() + offset,
    wall,
    offsetMs: () => offset,
    setOffset: (offsetMs) => {
      offset = offsetMs
    },
    during: (at, run) => {
      const before = standing
      standing = at
      try {
        run()
      } finally {
        standing = before
      }
    },
  }
}
