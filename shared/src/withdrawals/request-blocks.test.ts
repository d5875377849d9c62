import { describe, expect, test } from 'vitest'
import type { Role } from '../identity/roles.ts'
import { userId } from '../identity/session.ts'
import type { GivenVote, VoteQuestion } from './judge-votes.ts'
import { type BlockQuestion, requestBlocks } from './request-blocks.ts'
import { requestStates } from './request-state.ts'
import { type RequestAct, requestActs } from './request-view.ts'

const person = (name: string, ...roles: Role[]) => ({
  userId: userId.parse(name),
  roles,
  isActive: true,
  holder: name,
})
const finn = person('Finn', 'finance')
const ana = person('Ana', 'approver')
const cleo = person('Cleo', 'admin')
const aud = person('Aud', 'auditor')
const everything = person('Eva', 'finance', 'approver', 'admin')

const approval: GivenVote = {
  id: 'v',
  decision: 'approve',
  voter: ana.userId,
  onBehalfOf: null,
  isDelegationValid: true,
  fingerprint: 'f',
  policyVersion: 1,
  isVoided: false,
}
const question: VoteQuestion = {
  requester: finn.userId,
  fingerprint: 'f',
  policyVersion: 1,
  approvers: [{ role: 'approver', people: 1 }],
  takesDelegates: true,
  people: [finn, ana, cleo, aud, everything],
  votes: [],
}
const pending: BlockQuestion = {
  state: 'pending_approval',
  requester: finn,
  isBreakGlass: false,
  isExpired: false,
  viewer: ana,
  delegators: [],
  question,
  othersCanResolve: true,
}

function open(change: Partial<BlockQuestion>): readonly RequestAct[] {
  const blocks = requestBlocks({ ...pending, ...change })
  return requestActs.filter((act) => blocks[act] === null)
}

describe('what somebody may do with a request', () => {
  test.each<[string, Partial<BlockQuestion>, readonly RequestAct[]]>([
    ['its requester while it waits', { viewer: finn }, ['edit', 'cancel']],
    [
      'its requester while it is a draft',
      { viewer: finn, state: 'draft' },
      ['edit', 'submit', 'cancel'],
    ],
    ['its requester once it is approved', { viewer: finn, state: 'approved' }, ['edit', 'cancel']],
    ['its requester once it came back', { viewer: finn, state: 'rejected' }, ['edit', 'cancel']],
    ['its requester once it is on its way', { viewer: finn, state: 'sending' }, []],
    ['an approver', {}, ['approve', 'reject']],
    ['an approver before it is submitted', { state: 'draft', question: null }, []],
    ['an approver once it is approved', { state: 'approved' }, ['reject']],
    ['an approver after it is over', { isExpired: true }, []],
    ['an approver who has approved', { question: { ...question, votes: [approval] } }, ['reject']],
    ['an admin', { viewer: cleo }, ['reject', 'break_glass']],
    [
      'an admin for an approver',
      { viewer: cleo, delegators: [ana.userId] },
      ['approve', 'reject', 'break_glass'],
    ],
    ['an admin in an emergency', { viewer: cleo, isBreakGlass: true }, ['reject']],
    ['an admin while it is unknown', { viewer: cleo, state: 'unknown' }, ['resolve']],
    ['an approver while it is unknown', { state: 'unknown' }, []],
    ['an auditor', { viewer: aud }, []],
    ['an approver who left', { viewer: { ...ana, isActive: false } }, []],
  ])('%s', (_, change, acts) => {
    expect(open(change)).toEqual(acts)
  })

  test('who asked decides nothing about it, whatever roles and accounts they have', () => {
    const decisions = ['approve', 'reject', 'resolve', 'break_glass']
    for (const state of requestStates) {
      const own = open({
        state,
        viewer: everything,
        requester: everything,
        delegators: [ana.userId],
      })
      const second = { ...everything, userId: userId.parse('Eva2') }
      const other = open({ state, viewer: second, requester: everything })
      expect([...own, ...other].filter((act) => decisions.includes(act))).toEqual([])
      expect(other).toEqual([])
    }
  })

  test('what somebody approved they do not resolve, unless nobody else could', () => {
    const votes = [{ ...approval, voter: cleo.userId }]
    const unknown = { state: 'unknown', viewer: cleo, question: { ...question, votes } } as const
    expect(open(unknown)).toEqual([])
    expect(open({ ...unknown, othersCanResolve: false })).toEqual(['resolve'])
    const voided = votes.map((vote) => ({ ...vote, isVoided: true }))
    expect(open({ ...unknown, question: { ...question, votes: voided } })).toEqual(['resolve'])
  })

  test('every block is a sentence', () => {
    for (const state of requestStates) {
      for (const viewer of [finn, ana, cleo, aud, everything]) {
        const blocks = requestBlocks({ ...pending, state, viewer })
        for (const block of Object.values(blocks)) expect(block ?? 'Open.').toMatch(/^[A-Z].*\.$/s)
      }
    }
  })
})
