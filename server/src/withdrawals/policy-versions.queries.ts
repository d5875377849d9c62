import { userId } from '@desk/shared/identity/session'
import type { PolicyVersion } from '@desk/shared/withdrawals/policy-view'
import { withdrawalPolicy } from '@desk/shared/withdrawals/policy-schema'
import type { NamedPerson } from '@desk/shared/withdrawals/request-view'
import type { Db } from '../database.ts'

const VERSIONS_MAX = 100

/** Every version, newest first. */
export async function readPolicyVersions(db: Db): Promise<readonly PolicyVersion[]> {
  const rows = await versions(db).orderBy('version', 'desc').limit(VERSIONS_MAX).execute()
  return rows.map(toVersion)
}

/** The active one, however long ago it came, and the one that waits for a decision. */
export async function readLivePolicies(
  db: Db,
): Promise<{ readonly active: PolicyVersion; readonly proposed: PolicyVersion | null }> {
  const rows = await versions(db).where('policy.state', 'in', ['active', 'proposed']).execute()
  const live = rows.map(toVersion)
  const active = live.find(({ state }) => state === 'active')
  if (!active) throw new Error('There is no active withdrawal policy.')
  return { active, proposed: live.find(({ state }) => state === 'proposed') ?? null }
}

/** These versions, oldest first. */
export async function readPolicyVersionsOf(
  db: Db,
  wanted: readonly number[],
): Promise<readonly PolicyVersion[]> {
  if (wanted.length === 0) return []
  const rows = await versions(db).where('policy.version', 'in', wanted).orderBy('version').execute()
  return rows.map(toVersion)
}

function versions(db: Db) {
  return db
    .selectFrom('withdrawal_policy as policy')
    .leftJoin('person as proposer', 'proposer.id', 'policy.proposed_by')
    .leftJoin('person as decider', 'decider.id', 'policy.decided_by')
    .select([
      'policy.version',
      'policy.content',
      'policy.note',
      'policy.state',
      'policy.proposed_at',
      'policy.decided_at',
      'policy.decision_note',
      'proposer.id as proposerId',
      'proposer.name as proposerName',
      'decider.id as deciderId',
      'decider.name as deciderName',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof versions>['execute']>>[number]

function toVersion(row: Row): PolicyVersion {
  return {
    version: row.version,
    policy: withdrawalPolicy.parse(row.content),
    note: row.note,
    state: row.state,
    proposedBy: personOf(row.proposerId, row.proposerName),
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: personOf(row.deciderId, row.deciderName),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionNote: row.decision_note,
  }
}

/** Null where there is nobody. */
export function personOf(id: string | null, name: string | null): NamedPerson | null {
  return id === null || name === null ? null : { userId: userId.parse(id), name }
}
