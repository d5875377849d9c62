import fc from 'fast-check'
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

/** The same for a step with one of the requests, the newest counted first. */
export function stepWith(
  told: string,
  which: number,
  run: (at: At) => Promise<void>,
): RequestCommand {
  const find = ({ requests }: Model) => requests.at(-1 - (which % Math.max(1, requests.length)))
  return step(
    `${told} #-${which}`,
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
export const which = fc.nat(3)
/** What the page shows that somebody decides on: as it is, as it was, or with another request's fingerprint. */
export const page = fc.constantFrom('now', 'now', 'now', 'now', 'earlier', 'other' as const)
type Page = 'now' | 'earlier' | 'other'

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
