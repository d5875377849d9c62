import fc from 'fast-check'
import type { RequestState } from '@desk/shared/withdrawals/request-state'
import type { Model, ModelRequest, Name } from './request-model.fixtures.ts'
import type { ModelWorld } from './request-model-world.fixtures.ts'

type RequestCommand = fc.AsyncCommand<Model, ModelWorld>

/** A step that both take, a moment after the one before, and after which both must agree. */
export function step(
  told: string,
  run: (model: Model, world: ModelWorld) => Promise<void>,
  check: (model: Model) => boolean = () => true,
): RequestCommand {
  return {
    check,
    run: async (model, world) => {
      world.pass(1_000)
      await run(model, world)
      await world.verify()
    },
    toString: () => told,
  }
}

interface Choice {
  readonly nth: number
  /** Null for any. */
  readonly state: RequestState | null
}

/** Mostly a request in one of these states, where there is one: most steps go well, as in life. */
export function mostlyIn(...states: readonly RequestState[]): fc.Arbitrary<Choice> {
  return fc.record({
    nth: fc.nat(2),
    state: fc.constantFrom(null, ...states, ...states, ...states),
  })
}

/** The same for a step with one of the requests, the newest counted first. */
export function stepWith(
  told: string,
  { nth, state }: Choice,
  run: (at: At) => Promise<void>,
): RequestCommand {
  const find = ({ requests }: Model) => {
    const apt = requests.filter((request) => state === null || request.state === state)
    const chosen = apt.length > 0 ? apt : requests
    return chosen.at(-1 - (nth % Math.max(1, chosen.length)))
  }
  return step(
    `${told} (${nth}, ${state})`,
    async (model, world) => {
      const request = find(model)
      if (request) await run({ model, world, request })
    },
    (model) => find(model) !== undefined,
  )
}

export interface At {
  readonly model: Model
  readonly world: ModelWorld
  readonly request: ModelRequest
}

export const requesters = fc.constantFrom<Name>('Finn', 'Fay')
export const voters = fc.constantFrom<Name>('Finn', 'Gil', 'Ana', 'Ben', 'Bo', 'Cleo', 'Dora')
export const anybody = fc.oneof(requesters, voters)
/** What the page shows that somebody decides on: as it is, as it was, or with another request's fingerprint. */
export const page = fc.constantFrom('now', 'now', 'now', 'now', 'earlier', 'other' as const)
export type Page = 'now' | 'earlier' | 'other'

const unseen = '0'.repeat(64)

export function pageOf(request: ModelRequest, which: Page) {
  const now = { revision: request.revision, fingerprint: request.fingerprint ?? unseen }
  if (which === 'other') return { ...now, fingerprint: unseen }
  return (which === 'earlier' ? request.pages[0] : undefined) ?? now
}

/** What is chosen among that many times as often as what stands there once. */
export function often(times: number, command: fc.Arbitrary<RequestCommand>) {
  return Array.from({ length: times }, () => command)
}

export function isOwn({ model, request }: Pick<At, 'model' | 'request'>, by: Name): boolean {
  return model.people[by].holder === model.people[request.requester].holder
}
