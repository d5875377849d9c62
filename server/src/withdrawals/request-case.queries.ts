import { userId, type UserId } from '@desk/shared/identity/session'
import { failedChecks } from '@desk/shared/withdrawals/destination-checks'
import { heldBecause } from '@desk/shared/withdrawals/held-because'
import { exceededLimits, limitUses } from '@desk/shared/withdrawals/judge-limits'
import { judgeVotes, type VoteQuestion, waysToApprove } from '@desk/shared/withdrawals/judge-votes'
import { bandFor } from '@desk/shared/withdrawals/policy-band'
import { requestBlocks } from '@desk/shared/withdrawals/request-blocks'
import { requestContent } from '@desk/shared/withdrawals/request-content-schema'
import { duplicatesSince, isExpired } from '@desk/shared/withdrawals/request-times'
import type { RequestCase, RequestRow } from '@desk/shared/withdrawals/request-view'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readActivePolicy } from './active-policy.queries.ts'
import { readPassport } from './destination-passport.queries.ts'
import { readLimitUse } from './limit-use.queries.ts'
import { readAttachment, readAttempts, readStory, readVoteRows } from './request-parts.queries.ts'
import { requestRows, toRequestRows } from './request-rows.queries.ts'
import type { StoredRequest } from './request-store.ts'
import { readQuestion } from './request-votes.queries.ts'
import { readPolicies } from './vote-questions.queries.ts'
import { readDelegations, readVotingPeople } from './voting-people.queries.ts'

export interface CaseViewer {
  readonly actor: Pick<Actor, 'userId'>
  readonly at: Date
  /** The business zone. */
  readonly zone: string
}

/** Everything one screen shows of a request, for the person who looks. Refuses with `withdrawal_unknown`. */
export async function readRequestCase(
  db: Db,
  id: string,
  viewer: CaseViewer,
): Promise<RequestCase> {
  const request = await db
    .selectFrom('withdrawal_request')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  const [row] = await toRequestRows(
    db,
    await requestRows(db).where('request.id', '=', id).execute(),
  )
  if (!request || !row) {
    throw new Refusal('not_found', 'withdrawal_unknown', 'There is no such withdrawal.')
  }
  const question = await readQuestion(db, request, [viewer.actor.userId])
  const { network, destination_address: address } = request
  const passport = await readPassport(db, { network, address }, viewer.at)
  const limits = await judgedLimits(db, request, viewer)
  return {
    ...row,
    revision: request.revision,
    reason: request.reason,
    isBreakGlass: request.is_break_glass,
    attachment: await readAttachment(db, id),
    submission: await submissionOf(db, request, question),
    votes: await readVoteRows(db, id),
    attempts: await readAttempts(db, id),
    events: await readStory(db, id),
    passport,
    limits: limits.uses,
    duplicates: await duplicatesOf(db, request, viewer.at),
    heldBecause:
      request.state === 'approved' || request.state === 'pending_approval'
        ? heldBecause({
            ...(await readHolds(db, request)),
            failedChecks: failedChecks(passport.checks),
            businessHours: limits.policy.businessHours,
            exceeded: limits.exceeded,
            isBreakGlass: request.is_break_glass,
            nowMs: viewer.at.getTime(),
            zone: viewer.zone,
          })
        : null,
    withdrawal: await readMirrored(db, request.withdrawal_id),
    ...(await readStanding(db, request, { question, viewer })),
  }
}

async function submissionOf(
  db: Db,
  request: StoredRequest,
  question: VoteQuestion | null,
): Promise<RequestCase['submission']> {
  const {
    canonical_content: canonicalContent,
    fingerprint,
    policy_version: policyVersion,
  } = request
  if (canonicalContent === null || fingerprint === null || policyVersion === null) return null
  const policy = (await readPolicies(db, [policyVersion])).get(policyVersion)
  if (!policy || question === null) throw new Error(`There is no policy ${policyVersion}.`)
  const { aboveCents, upToCents } = bandFor(policy, request.amount_cents)
  return {
    content: requestContent.parse(JSON.parse(canonicalContent)),
    canonicalContent,
    fingerprint,
    policyVersion,
    band: { aboveCents, upToCents, approvers: question.approvers },
    missing: judgeVotes(question).missing,
  }
}

async function judgedLimits(db: Db, request: StoredRequest, { at, zone }: CaseViewer) {
  const policy = await readActivePolicy(db)
  const use = await readLimitUse(db, {
    requestedBy: request.requested_by,
    // Once it left, the day on which it did: what was used then is what it was judged by.
    at: request.left_at ?? at,
    moment: isDecided(request) ? 'leaving' : 'asking',
    zone,
    except: request.id,
  })
  return {
    policy,
    uses: limitUses(policy.limits, use),
    exceeded: exceededLimits(policy.limits, { amountCents: request.amount_cents, ...use }),
  }
}

/** Approved, or beyond that: only what has left is in its way. */
function isDecided({ state, left_at: leftAt }: StoredRequest): boolean {
  return state === 'approved' || leftAt !== null
}

const duplicatesShown = 10

/** Others to the same destination with the same amount within the policy's window, the newest first. */
export async function duplicatesOf(
  db: Db,
  request: Pick<StoredRequest, 'id' | 'amount_cents' | 'network' | 'destination_address'>,
  at: Date,
): Promise<readonly RequestRow[]> {
  const policy = await readActivePolicy(db)
  const rows = await requestRows(db)
    .where('request.id', '!=', request.id)
    .where('request.amount_cents', '=', request.amount_cents)
    .where('request.network', '=', request.network)
    .where((eb) =>
      eb(
        eb.fn('lower', ['request.destination_address']),
        '=',
        request.destination_address.toLowerCase(),
      ),
    )
    .where('request.created_at', '>=', duplicatesSince(at, policy))
    .where('request.state', 'not in', ['draft', 'rejected', 'expired', 'cancelled', 'failed'])
    .orderBy('request.created_at', 'desc')
    .limit(duplicatesShown)
    .execute()
  return toRequestRows(db, rows)
}

/** What can hold a request beside its own content. */
export async function readHolds(db: Db, request: Pick<StoredRequest, 'destination_id'>) {
  const { is_stopped: isStopped, reason } = await db
    .selectFrom('withdrawal_stop')
    .select(['is_stopped', 'reason'])
    .executeTakeFirstOrThrow()
  const destination = await db
    .selectFrom('destination')
    .select(['state', 'state_reason as stateReason', 'usable_from'])
    .where('id', '=', request.destination_id)
    .executeTakeFirstOrThrow()
  return {
    stopReason: isStopped ? (reason ?? 'no reason was given') : null,
    destination: {
      state: destination.state,
      stateReason: destination.stateReason,
      usableFrom: destination.usable_from?.toISOString() ?? null,
    },
  }
}

async function readMirrored(db: Db, id: string | null): Promise<RequestCase['withdrawal']> {
  if (id === null) return null
  const row = await db
    .selectFrom('withdrawal')
    .select([
      'id',
      'status',
      'error_message as errorMessage',
      'tx_hash as txHash',
      'received_base_units as receivedBaseUnits',
      'token_symbol as tokenSymbol',
      'token_decimals as tokenDecimals',
      'updated_at',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const { updated_at: updatedAt, ...withdrawal } = row
  return { ...withdrawal, updatedAt: updatedAt.toISOString() }
}

/** What this person may do with the request now; null, or in words why not. */
export async function readBlocks(
  ...asked: Parameters<typeof readStanding>
): Promise<RequestCase['blocks']> {
  return (await readStanding(...asked)).blocks
}

/** The same, and in whose place their approval would count. */
async function readStanding(
  db: Db,
  request: StoredRequest,
  {
    question,
    viewer,
  }: {
    readonly question: VoteQuestion | null
    readonly viewer: Pick<CaseViewer, 'actor' | 'at'>
  },
): Promise<Pick<RequestCase, 'blocks' | 'approvesFor'>> {
  const people = await readVotingPeople(db, [request.requested_by, viewer.actor.userId])
  const personOf = (id: UserId) => {
    const person = people.find((one) => one.userId === id)
    if (!person) throw new Error(`There is no person ${id}.`)
    return person
  }
  const requester = personOf(userId.parse(request.requested_by))
  const viewing = personOf(viewer.actor.userId)
  const held = await readDelegations(db, viewer.at)
  const approvers = new Set(
    (question?.votes ?? []).flatMap(({ voter, onBehalfOf }) => [voter, onBehalfOf]),
  )
  const delegators = held.flatMap(({ from, to }) => (to === viewing.userId ? [from] : []))
  const ways = question === null ? [] : waysToApprove(question, viewing.userId, delegators)
  const blocks = requestBlocks({
    state: request.state,
    requester,
    isBreakGlass: request.is_break_glass,
    isExpired: request.expires_at !== null && isExpired(request.expires_at, viewer.at),
    viewer: viewing,
    delegators,
    question,
    othersCanResolve: people.some(
      (one) =>
        one.isActive &&
        one.roles.includes('admin') &&
        one.holder !== requester.holder &&
        one.userId !== viewing.userId &&
        !approvers.has(one.userId),
    ),
  })
  return {
    blocks,
    approvesFor: ways.map((id) => {
      const other = people.find(({ userId: one }) => one === id)
      return other ? { userId: other.userId, name: other.name } : null
    }),
  }
}
