import {
  decidePolicyInput,
  delegateInput,
  endDelegationInput,
  proposePolicyInput,
  rehearsePolicyInput,
  stopInput,
  takeBackPolicyInput,
} from '@desk/shared/withdrawals/policy-input-schema'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { allow, allowStepUp, type Context, router } from '../kernel/trpc.ts'
import { decidePolicy, proposePolicy, takeBackPolicy } from './change-policy.ts'
import { delegate, endDelegation } from './delegations.ts'
import { readDelegationOverview, readPolicyOverview } from './policy-overview.queries.ts'
import { rehearsePolicy } from './rehearse-policy.ts'
import { readStop, startWithdrawals, stopByPerson } from './stop-all.ts'

/** By what withdrawals are judged, whether any leaves at all, and who votes in whose place. */
export const withdrawalPolicyRouter = router({
  read: allow('withdrawals:read').query(({ ctx }) =>
    readPolicyOverview(ctx.reads, { actor: ctx.actor, zone: ctx.greeting.businessDay.zone }),
  ),

  /** What a policy would have made of the last 90 days; changes nothing. */
  rehearse: allow('withdrawals:read')
    .input(rehearsePolicyInput)
    .query(({ ctx, input }) =>
      rehearsePolicy(ctx.reads, { ...input, at: ctx.now(), zone: ctx.greeting.businessDay.zone }),
    ),

  propose: allow('withdrawal_policy:write')
    .input(proposePolicyInput)
    .mutation(({ ctx, input }) => proposePolicy(callOf(ctx), input)),

  decide: allowStepUp('withdrawal_policy:decide')
    .input(decidePolicyInput)
    .mutation(({ ctx, input }) => decidePolicy(callOf(ctx), input)),

  takeBack: allow('withdrawal_policy:write')
    .input(takeBackPolicyInput)
    .mutation(({ ctx, input }) => takeBackPolicy(callOf(ctx), input)),

  /** Whether anything leaves at all: every screen of withdrawals says so. */
  stopState: allow('withdrawals:read').query(({ ctx }) => readStop(ctx.reads)),

  /** Needs no fresh proof: whoever sees that something is wrong loses no time. */
  stop: allow('withdrawals:stop')
    .input(stopInput)
    .mutation(({ ctx, input }) => stopByPerson(ctx.db, ctx.by, input.reason)),

  start: allowStepUp('withdrawals:start')
    .input(stopInput)
    .mutation(({ ctx, input }) => startWithdrawals(ctx.db, ctx.by, input.reason)),

  delegations: allow('withdrawals:read').query(({ ctx }) =>
    readDelegationOverview(ctx.reads, { actor: ctx.actor, at: ctx.now() }),
  ),

  delegate: allow('delegations:write')
    .input(delegateInput)
    .mutation(({ ctx, input }) => delegate(callOf(ctx), input)),

  endDelegation: allow('delegations:write')
    .input(endDelegationInput)
    .mutation(({ ctx, input }) => endDelegation(callOf(ctx), input.id)),
})

function callOf({ db, by, actor }: CallContext) {
  return { db, by: { ...by, actor } }
}

interface CallContext extends Pick<Context, 'db'> {
  readonly by: Attribution
  readonly actor: Actor
}
