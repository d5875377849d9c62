import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Role } from '../identity/roles.ts'
import { userId } from '../identity/session.ts'
import {
  approvalBlock,
  type GivenVote,
  judgeVotes,
  type VoteQuestion,
  waysToApprove,
} from './judge-votes.ts'
import { breakGlassApprovers } from './policy-band.ts'

const id = (name: string) => userId.parse(name)
const person = (name: string, ...roles: Role[]) => ({
  userId: id(name),
  roles,
  isActive: true,
  holder: name,
})

const ana = person('ana', 'approver')
const ben = person('ben', 'approver')
const cleo = person('cleo', 'admin')
const dora = person('dora', 'approver', 'admin')
const finn = person('finn', 'finance')
const fingerprint = 'f'.repeat(64)

const question: VoteQuestion = {
  requester: finn.userId,
  fingerprint,
  policyVersion: 3,
  approvers: [
    { role: 'approver', people: 1 },
    { role: 'admin', people: 1 },
  ],
  takesDelegates: true,
  people: [ana, ben, cleo, dora, finn],
  votes: [],
}

let votesGiven = 0
function vote(voter: string, change: Partial<GivenVote> = {}): GivenVote {
  votesGiven += 1
  return {
    id: `vote-${votesGiven}`,
    decision: 'approve',
    voter: id(voter),
    onBehalfOf: null,
    isDelegationValid: true,
    fingerprint,
    policyVersion: 3,
    isVoided: false,
    ...change,
  }
}

function judged(votes: readonly GivenVote[], change: Partial<VoteQuestion> = {}) {
  return judgeVotes({ ...question, votes, ...change })
}

function reasonFor(one: GivenVote, change: Partial<VoteQuestion> = {}) {
  return judged([one], change).uncounted[0]?.because ?? null
}

describe('four eyes', () => {
  test('an approver and an admin are enough where the band asks for both', () => {
    expect(judged([vote('ana')])).toMatchObject({
      isEnough: false,
      given: 1,
      needed: 2,
      missing: [{ role: 'admin', people: 1 }],
    })
    expect(judged([vote('ana'), vote('cleo')])).toMatchObject({ isEnough: true, missing: [] })
  })

  test('who is approver and admin fills one place, whichever is free', () => {
    expect(judged([vote('dora')])).toMatchObject({ isEnough: false, given: 1 })
    expect(judged([vote('dora'), vote('cleo')]).isEnough).toBe(true)
    expect(judged([vote('dora'), vote('ana')]).isEnough).toBe(true)
    expect(judged([vote('ana'), vote('ben')]).isEnough).toBe(false)
  })

  test('two accounts of one human count once, and never where that human asked', () => {
    const second = { ...person('second', 'admin'), holder: 'ana' }
    const people = [...question.people, second]
    expect(judged([vote('ana'), vote('second')], { people })).toMatchObject({
      isEnough: false,
      uncounted: [{ because: 'counted_already' }],
    })
    const requesters = [...question.people, { ...second, holder: 'finn' }]
    expect(reasonFor(vote('second'), { people: requesters })).toBe('requester')
  })

  test.each<[string, GivenVote, string]>([
    ['the requester', vote('finn'), 'requester'],
    ['somebody in the requester’s place', vote('ana', { onBehalfOf: id('finn') }), 'requester'],
    ['the requester in another’s place', vote('finn', { onBehalfOf: id('ana') }), 'requester'],
    ['other content', vote('ana', { fingerprint: 'e'.repeat(64) }), 'other_content'],
    ['another policy', vote('ana', { policyVersion: 2 }), 'other_policy'],
    ['a vote that was voided', vote('ana', { isVoided: true }), 'voided'],
    ['a rejection', vote('ana', { decision: 'reject' }), 'rejects'],
    ['somebody who left', vote('gone'), 'left'],
    ['a delegate of somebody who left', vote('ana', { onBehalfOf: id('gone') }), 'left'],
    [
      'a delegation that was over',
      vote('ana', { onBehalfOf: id('cleo'), isDelegationValid: false }),
      'delegation',
    ],
  ])('nothing counts for %s', (_, one, because) => {
    expect(reasonFor(one)).toBe(because)
  })

  test('the requester never counts, even as approver and admin', () => {
    const people = [...question.people, person('both', 'approver', 'admin')]
    expect(reasonFor(vote('both'), { people, requester: id('both') })).toBe('requester')
  })

  test('a vote is worth what its voter may do now, not what they could then', () => {
    const without = question.people.map((one) =>
      one.userId === ana.userId ? { ...one, roles: ['finance' as const] } : one,
    )
    expect(reasonFor(vote('ana'), { people: without })).toBe('role')
    const disabled = question.people.map((one) =>
      one.userId === ana.userId ? { ...one, isActive: false } : one,
    )
    expect(reasonFor(vote('ana'), { people: disabled })).toBe('left')
  })

  test('a delegate brings the roles of whose place they take, and both have then spoken', () => {
    const forCleo = vote('ana', { onBehalfOf: cleo.userId })
    expect(judged([forCleo]).counted).toMatchObject([{ role: 'admin' }])
    expect(judged([forCleo, vote('ben')]).isEnough).toBe(true)
    expect(judged([forCleo, vote('ana')]).isEnough).toBe(false)
    expect(judged([vote('ana'), vote('ben', { onBehalfOf: ana.userId })]).given).toBe(1)
  })

  test('in an emergency two different admins decide in person', () => {
    const emergency = { approvers: breakGlassApprovers, takesDelegates: false }
    expect(judged([vote('cleo'), vote('dora')], emergency).isEnough).toBe(true)
    expect(judged([vote('cleo')], emergency).isEnough).toBe(false)
    expect(reasonFor(vote('ana', { onBehalfOf: cleo.userId }), emergency)).toBe('delegation')
  })

  test('where nobody is asked for, nothing is ever enough', () => {
    expect(judged([vote('ana'), vote('cleo')], { approvers: [] }).isEnough).toBe(false)
  })
})

describe('why somebody cannot approve', () => {
  const block = (voter: string, change: Partial<VoteQuestion> = {}, onBehalfOf?: string) =>
    approvalBlock(
      { ...question, ...change },
      { voter: id(voter), onBehalfOf: onBehalfOf === undefined ? null : id(onBehalfOf) },
    )

  test('who can help is not blocked, with two roles neither', () => {
    expect(['ana', 'ben', 'cleo', 'dora'].map((name) => block(name))).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(block('dora', { votes: [vote('ana')] })).toBeNull()
    // Dora can take the other place.
    expect(block('ana', { votes: [vote('dora')] })).toBeNull()
    expect(block('cleo', { votes: [vote('dora')] })).toBeNull()
  })

  test('a delegate is offered whose place they can take, their own first', () => {
    const ways = (change: Partial<VoteQuestion>) =>
      waysToApprove({ ...question, ...change }, ana.userId, [cleo.userId, finn.userId])
    expect(ways({})).toEqual([null, 'cleo'])
    expect(ways({ votes: [vote('ben')] })).toEqual(['cleo'])
    expect(ways({ votes: [vote('ana')] })).toEqual([])
    expect(ways({ takesDelegates: false })).toEqual([null])
  })

  test('everybody else hears why in words', () => {
    expect(block('finn')).toBe('You asked for this withdrawal, so others must approve it.')
    expect(block('ana', {}, 'finn')).toMatch(/^They asked for this withdrawal/)
    expect(block('ana', { votes: [vote('ana')] })).toMatch(/You have approved already/)
    expect(block('ben', { votes: [vote('ana')] })).toBe(
      'What is missing is 1 admin, which you cannot add.',
    )
    expect(block('ben', { votes: [vote('ana'), vote('cleo')] })).toBe(
      'Enough people have approved already.',
    )
    expect(block('gone')).toBe('Your account may not approve any more.')
    expect(block('ana', { approvers: breakGlassApprovers })).toBe(
      'This amount is approved by 2 admins; you have no such role.',
    )
    expect(block('ana', { approvers: breakGlassApprovers, takesDelegates: false }, 'cleo')).toMatch(
      /in person/,
    )
  })
})

const names = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']
const anyRoles = fc.subarray<Role>(['approver', 'admin', 'finance'])
const anyQuestion = fc
  .record({
    requester: fc.constantFrom(...names),
    people: fc.tuple(
      ...names.map((name) =>
        fc.record({
          userId: fc.constant(id(name)),
          roles: anyRoles,
          isActive: fc.boolean(),
          holder: fc.constantFrom(name, 'p0'),
        }),
      ),
    ),
    approvers: fc
      .subarray<Role>(['approver', 'admin'])
      .chain((roles) =>
        fc.tuple(...roles.map((role) => fc.record({ role: fc.constant(role), people: fc.nat(3) }))),
      ),
    votes: fc.array(
      fc.record({
        voter: fc.constantFrom(...names),
        onBehalfOf: fc.option(fc.constantFrom(...names), { freq: 3 }),
        isRight: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 9 },
    ),
  })
  .map((drawn): VoteQuestion => ({
    ...question,
    requester: id(drawn.requester),
    people: drawn.people,
    approvers: drawn.approvers,
    votes: drawn.votes.map(({ voter, onBehalfOf, isRight }, index) => ({
      ...vote(voter, { onBehalfOf: onBehalfOf === null ? null : id(onBehalfOf) }),
      id: `${index}`,
      ...(isRight === 0 && { fingerprint: 'e'.repeat(64) }),
      ...(isRight === 1 && { policyVersion: 4 }),
      ...(isRight === 2 && { isVoided: true }),
      ...(isRight === 3 && { decision: 'reject' as const }),
    })),
  }))

describe('the laws of voting', () => {
  const holderOf = (one: VoteQuestion, user: string) =>
    one.people.find((member) => member.userId === user)?.holder

  test('whatever is voted: what counts comes from different active humans who did not ask', () => {
    fc.assert(
      fc.property(anyQuestion, (drawn) => {
        const { counted, isEnough, needed } = judgeVotes(drawn)
        const humans = counted.flatMap(({ id: counts, role }) => {
          const one = drawn.votes.find((given) => given.id === counts)
          const principal = drawn.people.find(
            (member) => member.userId === (one?.onBehalfOf ?? one?.voter),
          )
          expect(one).toMatchObject({ decision: 'approve', isVoided: false, fingerprint })
          expect(principal?.roles).toContain(role)
          expect(principal?.isActive).toBe(true)
          return [...new Set([holderOf(drawn, one?.voter ?? ''), principal?.holder])]
        })
        expect(new Set(humans).size).toBe(humans.length)
        expect(humans).not.toContain(holderOf(drawn, drawn.requester))
        expect(isEnough && humans.length < Math.max(1, needed)).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  test('no sequence of votes by the requester, or in their place, changes anything', () => {
    fc.assert(
      fc.property(anyQuestion, (drawn) => {
        const votes = drawn.votes.filter(
          ({ voter, onBehalfOf }) => voter !== drawn.requester && onBehalfOf !== drawn.requester,
        )
        const { isEnough, counted } = judgeVotes(drawn)
        expect({ isEnough, counted }).toEqual({
          isEnough: judgeVotes({ ...drawn, votes }).isEnough,
          counted: judgeVotes({ ...drawn, votes }).counted,
        })
      }),
      { numRuns: 1_000 },
    )
  })

  test('a further vote never takes anything away, and every vote is told of', () => {
    fc.assert(
      fc.property(anyQuestion, (drawn) => {
        const counts = drawn.votes.map(
          (_, length) => judgeVotes({ ...drawn, votes: drawn.votes.slice(0, length) }).given,
        )
        expect(counts).toEqual(counts.toSorted((left, right) => left - right))
        const { counted, uncounted, missing, needed, given } = judgeVotes(drawn)
        expect(counted.length + uncounted.length).toBe(drawn.votes.length)
        expect(missing.reduce((sum, { people }) => sum + people, 0)).toBe(needed - given)
      }),
      { numRuns: 1_000 },
    )
  })

  test('somebody is blocked exactly when their vote would add nothing', () => {
    fc.assert(
      fc.property(anyQuestion, fc.constantFrom(...names), (drawn, voter) => {
        const added = { ...vote(voter), id: 'added' }
        const given = judgeVotes({ ...drawn, votes: [...drawn.votes, added] }).given
        const block = approvalBlock(drawn, { voter: id(voter), onBehalfOf: null })
        expect(block === null).toBe(given > judgeVotes(drawn).given)
      }),
      { numRuns: 1_000 },
    )
  })
})
