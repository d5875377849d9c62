import { permissionBlock } from '@desk/shared/identity/permissions'
import { policyWarnings } from '@desk/shared/withdrawals/dead-locks'
import type {
  DelegationOverview,
  PolicyAct,
  PolicyOverview,
  PolicyVersion,
} from '@desk/shared/withdrawals/policy-view'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { decideBlock, takeBackBlock } from './change-policy.ts'
import { standBlock } from './delegations.ts'
import { readAllDelegations } from './delegations.queries.ts'
import { readLivePolicies, readPolicyVersions } from './policy-versions.queries.ts'
import { readStop } from './stop-all.ts'
import { readVotingPeople } from './voting-people.queries.ts'

/** The policy in force, what is proposed instead and what was before, for this person. */
export async function readPolicyOverview(
  reads: Db,
  { actor, zone }: { readonly actor: Actor; readonly zone: string },
): Promise<PolicyOverview> {
  const { active, proposed } = await readLivePolicies(reads)
  const history = await readPolicyVersions(reads)
  const people = await readVotingPeople(reads)
  return {
    active,
    proposed,
    history: history.filter(({ state }) => state !== 'active' && state !== 'proposed'),
    warnings: policyWarnings(active.policy, people),
    stop: await readStop(reads),
    zone,
    blocks: await blocksOf(reads, proposed, actor),
  }
}

async function blocksOf(
  reads: Db,
  proposed: PolicyVersion | null,
  actor: Actor,
): Promise<Readonly<Record<PolicyAct, string | null>>> {
  const mayWrite = permissionBlock(actor, 'withdrawal_policy:write')
  const mayDecide = permissionBlock(actor, 'withdrawal_policy:decide')
  if (!proposed) {
    const nothing = 'No change is proposed.'
    return { propose: mayWrite, decide: mayDecide ?? nothing, take_back: mayWrite ?? nothing }
  }
  const by = { proposedBy: proposed.proposedBy?.userId ?? null }
  return {
    propose: mayWrite ?? 'Another change waits for a decision: one at a time.',
    decide: mayDecide ?? (await decideBlock(reads, by, actor.userId)),
    take_back: mayWrite ?? takeBackBlock(by, actor.userId),
  }
}

/** All delegations, and whom this person could let vote in their place. */
export async function readDelegationOverview(
  reads: Db,
  { actor, at }: { readonly actor: Actor; readonly at: Date },
): Promise<DelegationOverview> {
  const people = await readVotingPeople(reads, [actor.userId])
  const own = people.find(({ userId }) => userId === actor.userId)
  const candidates = own ? people.filter((person) => standBlock(own, person) === null) : []
  return {
    delegations: await readAllDelegations(reads, { actor, at }),
    candidates: candidates.map(({ userId, name }) => ({ userId, name })),
  }
}
