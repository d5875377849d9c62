import {
  type Permission,
  permits,
  permissionBlock,
  permissionsOf,
} from '../identity/permissions.ts'
import type { UserId } from '../identity/session.ts'
import {
  approvalBlock,
  type VoteQuestion,
  type VotingPerson,
  waysToApprove,
} from './judge-votes.ts'
import { mayBecome, type RequestState } from './request-state.ts'
import type { RequestAct } from './request-view.ts'

/** All that decides what somebody may do with a request. */
export interface BlockQuestion {
  readonly state: RequestState
  readonly requester: Pick<VotingPerson, 'userId' | 'holder'>
  readonly isBreakGlass: boolean
  /** It is over, although nothing has written that down yet. */
  readonly isExpired: boolean
  readonly viewer: VotingPerson
  /** Who lets the viewer vote in their place now. */
  readonly delegators: readonly UserId[]
  /** Null before it is submitted. */
  readonly question: VoteQuestion | null
  /** Whether somebody else who neither asked nor approved could settle what is unknown. */
  readonly othersCanResolve: boolean
}

/** Why each act is not open to the viewer now, in words for them; null where it is. */
export function requestBlocks(asked: BlockQuestion): Readonly<Record<RequestAct, string | null>> {
  return {
    edit: ownBlock(asked) ?? (mayEdit(asked.state) ? null : stateWords(asked)),
    submit: ownBlock(asked) ?? (asked.state === 'draft' ? null : stateWords(asked)),
    cancel: ownBlock(asked) ?? (mayBecome(asked.state, 'cancelled') ? null : stateWords(asked)),
    approve: approveBlock(asked),
    reject: rejectBlock(asked),
    resolve: resolveBlock(asked),
    break_glass: breakGlassBlock(asked),
  }
}

/** Editing makes a draft of it, of a draft too. */
function mayEdit(state: RequestState): boolean {
  return state === 'draft' || mayBecome(state, 'draft')
}

function lacking({ viewer }: BlockQuestion, permission: Permission): string | null {
  if (!viewer.isActive) return 'Your account is not active any more.'
  if (viewer.roles.length > 0 && permits(viewer.roles, permission)) return null
  return permissionBlock({ permissions: permissionsOf(viewer.roles), mustEnrol: false }, permission)
}

function isRequester({ viewer, requester }: BlockQuestion): boolean {
  return viewer.userId === requester.userId || viewer.holder === requester.holder
}

function ownBlock(asked: BlockQuestion): string | null {
  const lack = lacking(asked, 'withdrawals:request')
  if (lack !== null) return lack
  return asked.viewer.userId === asked.requester.userId
    ? null
    : 'Only who asked for it can change it. Others can reject it.'
}

function approveBlock(asked: BlockQuestion): string | null {
  const { viewer, delegators, question } = asked
  const lack = lacking(asked, 'withdrawals:approve')
  if (lack !== null) return lack
  if (isRequester(asked)) return 'You asked for this withdrawal, so others must approve it.'
  if (asked.state !== 'pending_approval' || question === null) return stateWords(asked)
  if (asked.isExpired) return overWords
  return waysToApprove(question, viewer.userId, delegators).length > 0
    ? null
    : approvalBlock(question, { voter: viewer.userId, onBehalfOf: null })
}

function rejectBlock(asked: BlockQuestion): string | null {
  const lack = lacking(asked, 'withdrawals:approve')
  if (lack !== null) return lack
  if (isRequester(asked)) return 'You asked for this withdrawal: cancel or edit it instead.'
  if (!mayBecome(asked.state, 'rejected')) return stateWords(asked)
  return asked.isExpired ? overWords : null
}

function breakGlassBlock(asked: BlockQuestion): string | null {
  const lack = lacking(asked, 'withdrawals:break_glass')
  if (lack !== null) return lack
  if (isRequester(asked)) return 'You asked for this withdrawal, so another admin must call it one.'
  if (asked.isBreakGlass) return 'It is an emergency already.'
  if (asked.state !== 'pending_approval') return stateWords(asked)
  return asked.isExpired ? overWords : null
}

function resolveBlock(asked: BlockQuestion): string | null {
  const { viewer, question, othersCanResolve } = asked
  const lack = lacking(asked, 'withdrawals:resolve')
  if (lack !== null) return lack
  if (asked.state !== 'unknown') return 'Only what is unknown can be resolved.'
  if (isRequester(asked)) return 'You asked for this withdrawal, so somebody else must resolve it.'
  const hasApproved = question?.votes.some(
    ({ voter, onBehalfOf, decision, isVoided }) =>
      decision === 'approve' && !isVoided && [voter, onBehalfOf].includes(viewer.userId),
  )
  return hasApproved && othersCanResolve
    ? 'You approved this withdrawal, so somebody else must resolve it.'
    : null
}

const overWords = 'It expired before enough people approved it. Who asked can submit it again.'

/** Why nothing more can be decided in this state. */
function stateWords({ state }: BlockQuestion): string {
  return nothingMore[state]
}

const nothingMore = {
  draft: 'It is a draft: who asked has not submitted it yet.',
  pending_approval: 'It waits for approval.',
  approved: 'Enough people have approved already.',
  sending: 'It is being sent: nothing can change it any more.',
  submitted: 'SpacePay has it: nothing can change it any more.',
  processing: 'SpacePay is paying it: nothing can change it any more.',
  completed: 'It was paid.',
  failed: 'It failed. Make a new request to try again.',
  rejected: 'It was rejected. Who asked can edit and submit it again.',
  expired: 'It expired. Who asked can edit and submit it again.',
  cancelled: 'It was cancelled.',
  unknown: 'It may or may not have been sent: nothing can change it until that is known.',
} as const satisfies Record<RequestState, string>
