import { equal } from 'node:assert/strict'
import fc from 'fast-check'
import {
  type At,
  isOwn,
  often,
  type Page,
  page,
  pageOf,
  stepWith,
  voters,
  mostlyIn,
} from './model-steps.fixtures.ts'
import {
  given,
  isEnough,
  isOver,
  isWaiting,
  mayApprove,
  type ModelVote,
} from './request-model.fixtures.ts'
import { idOf } from './request-model-world.fixtures.ts'

/** What stands before every decision. */
function decideBlock({ model, request }: Pick<At, 'model' | 'request'>, revision: number) {
  if (request.revision !== revision) return 'withdrawal_changed'
  return isOver(model, request) ? 'withdrawal_expired' : null
}

const approved = fc
  .record({
    which: mostlyIn('pending_approval'),
    voter: voters,
    page,
    onBehalfOf: fc.option(voters, { freq: 5 }),
  })
  .map(({ which: one, page: shown, ...vote }) =>
    stepWith(
      `${vote.voter} approves for ${vote.onBehalfOf ?? 'themselves'}, page ${shown}`,
      one,
      (at) => approve(at, vote, shown),
    ),
  )

/** One approval, of what a page shows. */
export async function approve(
  { model, world, request }: At,
  vote: ModelVote,
  shown: Page = 'now',
): Promise<void> {
  const { revision, fingerprint } = pageOf(request, shown)
  const expected = approveBlock({ model, request }, { ...vote, revision, fingerprint }) ?? 'done'
  const onBehalfOf = vote.onBehalfOf === null ? null : idOf(vote.onBehalfOf)
  const outcome = await world.as(vote.voter, (calls) =>
    calls.withdrawals.approve({ id: request.id, revision, fingerprint, onBehalfOf }),
  )
  equal(outcome, expected)
  if (outcome !== 'done') return
  request.votes = [...request.votes, vote]
  request.heard.add(vote.voter).add(vote.onBehalfOf ?? vote.voter)
  if (isEnough(model, request)) request.state = 'approved'
}

function approveBlock(
  { model, request }: Pick<At, 'model' | 'request'>,
  {
    revision,
    fingerprint,
    voter,
    onBehalfOf,
  }: ModelVote & { readonly revision: number; readonly fingerprint: string },
): string | null {
  if (!mayApprove(model, voter)) return 'forbidden'
  const block = decideBlock({ model, request }, revision)
  if (block !== null) return block
  if (request.state !== 'pending_approval') return 'withdrawal_not_waiting'
  if (request.fingerprint !== fingerprint) return 'fingerprint_differs'
  const isStandIn =
    onBehalfOf === null ||
    model.delegations.some(
      (held) => held.from === onBehalfOf && held.to === voter && held.endMs > model.nowMs,
    )
  const counts = given(model, request, [...request.votes, { voter, onBehalfOf }])
  return isStandIn && counts > given(model, request) ? null : 'approval_not_counted'
}

const rejected = fc
  .record({ which: mostlyIn('pending_approval', 'approved'), by: voters, page })
  .map(({ which: one, by, page: shown }) =>
    stepWith(`${by} rejects, page ${shown}`, one, async ({ model, world, request }) => {
      const { revision } = pageOf(request, shown)
      const outcome = await world.as(by, (calls) =>
        calls.withdrawals.reject({ id: request.id, revision, reason: 'Paid already' }),
      )
      equal(
        outcome,
        (mayApprove(model, by) ? null : 'forbidden') ??
          decideBlock({ model, request }, revision) ??
          (isWaiting(request) ? null : 'withdrawal_not_waiting') ??
          (isOwn({ model, request }, by) ? 'withdrawal_yours' : 'done'),
      )
      if (outcome === 'done') Object.assign(request, { state: 'rejected', votes: [] })
    }),
  )

const calledUrgent = fc
  .record({ which: mostlyIn('pending_approval'), by: voters, page })
  .map(({ which: one, by, page: shown }) =>
    stepWith(
      `${by} calls it an emergency, page ${shown}`,
      one,
      async ({ model, world, request }) => {
        const { revision } = pageOf(request, shown)
        const outcome = await world.as(by, (calls) =>
          calls.withdrawals.breakGlass({
            id: request.id,
            revision,
            reason: 'They wait at the door',
          }),
        )
        equal(
          outcome,
          (model.people[by].roles.includes('admin') ? null : 'forbidden') ??
            decideBlock({ model, request }, revision) ??
            (request.state === 'pending_approval' ? null : 'withdrawal_not_waiting') ??
            (isOwn({ model, request }, by) ? 'withdrawal_yours' : null) ??
            (request.isBreakGlass ? 'emergency_already' : 'done'),
        )
        if (outcome !== 'done') return
        Object.assign(request, { isBreakGlass: true, votes: [], revision: revision + 1 })
      },
    ),
  )

/** How people decide; approving is done most. */
export const voteCommands = [...often(6, approved), rejected, calledUrgent]
