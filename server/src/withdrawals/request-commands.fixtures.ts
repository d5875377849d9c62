import { equal } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import {
  type At,
  often,
  pageOf,
  requesters,
  step,
  stepWith,
  mostlyIn,
} from './model-steps.fixtures.ts'
import {
  dayLimitCents,
  type Model,
  type ModelRequest,
  type Name,
  type Place,
  toDraft,
  usedToday,
} from './request-model.fixtures.ts'
import { modelNetwork } from './request-model-world.fixtures.ts'
import { faultNames, send } from './sending-commands.fixtures.ts'
import { approve } from './vote-commands.fixtures.ts'

const cents = fc.constantFrom(10_000, 40_000, 60_000)
const place = fc.constantFrom<Place>('supplier', 'supplier', 'supplier', 'courier')
/** Who approves it at once, as on most days. */
const approvers = fc.constantFrom<readonly Name[]>([], ['Ana'], ['Ben', 'Cleo'], ['Ana', 'Bo'])

const contentOf = (amountCents: number, id: Place) => ({
  amountCents,
  network: modelNetwork,
  destination: { kind: 'book' as const, id },
  reason: 'Invoice 17',
})

const drafted = fc.record({ by: requesters, cents, place }).map((asked) =>
  step(`${asked.by} drafts ${asked.cents} to ${asked.place}`, async (model, world) => {
    await draft({ model, world }, asked)
  }),
)

/** What most days are like, as far as nothing holds it. */
const asked = fc
  .record({ by: requesters, cents, place, approvers, fault: fc.option(faultNames, { freq: 3 }) })
  .map(({ approvers: all, fault, ...told }) => {
    const { by, cents: amount, place: to } = told
    const name = `${by} asks for ${amount} to ${to}, ${all.join()} approve, sent with ${fault}`
    return step(name, async (model, world) => {
      const request = await draft({ model, world }, told)
      if (request === null) return
      const at = { model, world, request }
      await submit(at, by)
      for (const voter of all) {
        world.pass(1_000)
        await approve(at, { voter, onBehalfOf: null })
      }
      if (fault !== null) await send(at, fault)
    })
  })

/** The new draft; null where its destination cannot be paid. */
async function draft(
  { model, world }: Omit<At, 'request'>,
  {
    by,
    cents: amount,
    place: to,
  }: { readonly by: Name; readonly cents: number; readonly place: Place },
): Promise<ModelRequest | null> {
  const id = randomUUID()
  const isUsable = model.places[to].state !== 'frozen'
  const outcome = await world.as(by, (calls) =>
    calls.withdrawals.create({ attempt: id, ...contentOf(amount, to) }),
  )
  equal(outcome, isUsable ? 'done' : 'destination_not_usable')
  if (!isUsable) return null
  const request: ModelRequest = {
    id,
    orderId: await world.orderIdOf(id),
    requester: by,
    destination: to,
    cents: amount,
    revision: 1,
    state: 'draft',
    isBreakGlass: false,
    fingerprint: null,
    expiresMs: Infinity,
    votes: [],
    heard: new Set(),
    leftMs: null,
    isMade: false,
    unclear: null,
    pages: [],
  }
  model.requests.push(request)
  return request
}

async function submit({ model, world, request }: At, by: Name): Promise<void> {
  const expected = ownBlock({ model, request }, by) ?? submitBlock(model, request) ?? 'done'
  const { id, revision } = request
  let fingerprint = ''
  const outcome = await world.as(by, async (calls) => {
    ;({ fingerprint } = await calls.withdrawals.submit({ id, revision }))
  })
  equal(outcome, expected)
  if (outcome !== 'done') return
  const expiresMs = model.nowMs + model.policy.expiryHours * 3_600_000
  Object.assign(request, { state: 'pending_approval', fingerprint, expiresMs })
  request.pages.push({ revision, fingerprint })
}

function submitBlock(model: Model, request: ModelRequest): string | null {
  if (request.state !== 'draft') return 'withdrawal_not_editable'
  if (model.places[request.destination].state === 'frozen') return 'destination_not_usable'
  const used = usedToday(model, 'asking', request)
  return used + request.cents > dayLimitCents ? 'limit_exceeded' : null
}

/** Why somebody may not touch a request as their own. */
function ownBlock({ model, request }: Pick<At, 'model' | 'request'>, by: Name): string | null {
  if (!model.people[by].roles.includes('finance')) return 'forbidden'
  return request.requester === by ? null : 'withdrawal_not_yours'
}

const back = ['draft', 'pending_approval', 'approved', 'rejected', 'expired']

const submitted = fc
  .record({ which: mostlyIn('draft'), by: requesters })
  .map((told) => stepWith(`${told.by} submits`, told.which, (at) => submit(at, told.by)))

const edited = fc
  .record({
    which: mostlyIn('pending_approval', 'approved', 'expired', 'rejected'),
    by: requesters,
    cents,
    place,
    isOld: fc.boolean(),
  })
  .map(({ which: one, by, cents: amount, place: to, isOld }) =>
    stepWith(
      `${by} edits to ${amount} to ${to}${isOld ? ' on an old page' : ''}`,
      one,
      async (at) => {
        const { model, world, request } = at
        const { revision } = pageOf(request, isOld ? 'earlier' : 'now')
        const isUsable = model.places[to].state !== 'frozen'
        const outcome = await world.as(by, (calls) =>
          calls.withdrawals.edit({ id: request.id, revision, ...contentOf(amount, to) }),
        )
        equal(
          outcome,
          ownBlock(at, by) ??
            changeBlock(request, revision) ??
            (isUsable ? 'done' : 'destination_not_usable'),
        )
        if (outcome !== 'done') return
        toDraft(request)
        Object.assign(request, { cents: amount, destination: to })
      },
    ),
  )

function changeBlock(request: ModelRequest, revision: number): string | null {
  if (request.revision !== revision) return 'withdrawal_changed'
  return back.includes(request.state) ? null : 'withdrawal_not_editable'
}

const cancelled = fc
  .record({ which: mostlyIn('draft', 'pending_approval', 'approved'), by: requesters })
  .map(({ which: one, by }) =>
    stepWith(`${by} cancels`, one, async (at) => {
      const { world, request } = at
      const { id, revision } = request
      const outcome = await world.as(by, (calls) => calls.withdrawals.cancel({ id, revision }))
      equal(outcome, ownBlock(at, by) ?? changeBlock(request, revision) ?? 'done')
      if (outcome === 'done') Object.assign(request, { state: 'cancelled', votes: [] })
    }),
  )

/** What requesters do. */
export const requestCommands = [
  ...often(2, drafted),
  ...often(12, asked),
  ...often(3, submitted),
  edited,
  cancelled,
]
