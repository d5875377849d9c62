import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Role } from '../identity/roles.ts'
import { userId } from '../identity/session.ts'
import { amountCents } from '../money/amount-cents-schema.ts'
import { canApprove, type NamedVotingPerson, policyWarnings } from './dead-locks.ts'
import type { RequiredApprovers } from './policy.ts'
import { anyPolicy, startPolicy } from './policy.fixtures.ts'
import { bandFor } from './policy-band.ts'
import { type PastRequest, rehearse } from './rehearsal.ts'

const person = (name: string, ...roles: Role[]): NamedVotingPerson => ({
  userId: userId.parse(name),
  name,
  roles,
  isActive: true,
  holder: name,
})
const team = [
  person('Finn', 'finance'),
  person('Ana', 'approver'),
  person('Ben', 'approver'),
  person('Cleo', 'admin'),
  person('Dora', 'admin'),
]
const zone = 'Europe/Berlin'

let made = 0
function past(change: {
  cents: number
  by?: string
  approvers?: readonly string[]
  at?: string
  left?: string
  known?: string
}): PastRequest {
  made += 1
  return {
    id: `${made}`,
    name: `W-${made}`,
    amountCents: amountCents.parse(change.cents),
    requester: userId.parse(change.by ?? 'Finn'),
    submittedAt: change.at ?? '2026-11-23T10:00:00Z',
    leftAt: change.left ?? null,
    destinationApprovedAt: change.known ?? null,
    approvers: (change.approvers ?? []).map((name) => userId.parse(name)),
  }
}

describe('the rehearsal of a policy', () => {
  const policy = startPolicy

  test('counts limits by the day on which money left, not by that on which it was asked for', () => {
    const limits = {
      byPerson: startPolicy.limits.byPerson,
      inTotal: { ...startPolicy.limits.inTotal, perDayCents: amountCents.parse(100_000) },
    }
    const twice = (left: string) =>
      rehearse({ policy: { ...policy, limits }, zone, people: team }, [
        past({ cents: 60_000, approvers: ['Ana'], left: '2026-11-24T10:00:00Z' }),
        past({ cents: 60_000, approvers: ['Ana'], left }),
      ]).overLimit.count
    expect(twice('2026-11-24T16:00:00Z')).toBe(1)
    expect(twice('2026-11-25T10:00:00Z')).toBe(0)
  })

  test('tells what business hours, cooling-off and expiry would have kept from leaving when it did', () => {
    const businessHours = { zone, weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' }
    const strict = { ...policy, businessHours, coolingOffHours: 24, expiryHours: 48 }
    const asked = { cents: 60_000, approvers: ['Ana'], at: '2026-11-23T07:00:00Z' }
    const { otherTime } = rehearse({ policy: strict, zone, people: team }, [
      past({ ...asked, left: '2026-11-23T08:00:00Z' }),
      past({ ...asked, left: '2026-11-23T07:59:59Z' }),
      past({ ...asked, left: '2026-11-23T12:00:00Z', known: '2026-11-22T12:00:01Z' }),
      past({ ...asked, left: '2026-11-23T12:00:00Z', known: '2026-11-22T12:00:00Z' }),
      past({ ...asked, left: '2026-11-25T07:00:00Z' }),
      past(asked),
    ])
    expect(otherTime.examples.map(({ sentence }) => sentence)).toEqual([
      'Would have expired before it left.',
      'Its destination would still have cooled off.',
      'Would have waited for business hours to begin.',
    ])
    expect(otherTime.count).toBe(3)
  })

  test('tells who would have been missing, and what a limit would have refused', () => {
    const found = rehearse({ policy, zone, people: team }, [
      past({ cents: 100_000, approvers: ['Ana'] }),
      past({ cents: 600_000, approvers: ['Ana'] }),
      past({ cents: 600_000, approvers: ['Ana', 'Ben'] }),
      past({ cents: 600_000, approvers: ['Ana', 'Cleo'] }),
      past({ cents: 4_000_000, approvers: ['Ana', 'Cleo'] }),
    ])
    expect(found).toMatchObject({
      requests: 5,
      asBefore: 2,
      needMorePeople: { count: 1, examples: [{ sentence: 'Would also need 1 admin.' }] },
      needOtherPeople: { count: 1, examples: [{ sentence: 'Would also need 1 admin.' }] },
      overLimit: { count: 1, examples: [{ amountCents: 4_000_000 }] },
      warnings: [],
    })
  })

  test('counts the approval of somebody who has left since, but of nobody who asked', () => {
    const left = { ...person('Gus', 'approver'), isActive: false }
    const people = [...team, left, person('Finn2', 'finance', 'approver')]
    const requests = [
      past({ cents: 100_000, approvers: ['Gus'] }),
      past({ cents: 100_000, by: 'Finn2', approvers: ['Finn2'] }),
    ]
    expect(rehearse({ policy, zone, people }, requests)).toMatchObject({ asBefore: 1 })
  })

  test('what is refused uses nothing up, and a new day begins at midnight of the zone', () => {
    const at = (time: string) => ({ cents: 3_000_000, approvers: ['Ana', 'Cleo'], at: time })
    const found = rehearse({ policy, zone, people: team }, [
      past(at('2026-11-23T23:00:00Z')),
      past(at('2026-11-23T22:59:59Z')),
      past(at('2026-11-23T22:00:00Z')),
      past({ ...at('2026-11-23T22:59:59Z'), cents: 2_000_000 }),
    ])
    expect(found).toMatchObject({ asBefore: 3, overLimit: { count: 1 } })
    expect(found.overLimit.examples[0]?.submittedAt).toBe('2026-11-23T22:59:59Z')
  })

  test('counts each person’s own week for the limit of one person', () => {
    const perWeekCents = amountCents.parse(150_000)
    const byPerson = { ...policy.limits.byPerson, perWeekCents }
    const people = [...team, person('Finn2', 'finance')]
    const of = (by: string) => past({ cents: 100_000, by, approvers: ['Ana'] })
    const strict = { ...policy, limits: { ...policy.limits, byPerson } }
    const found = rehearse({ policy: strict, zone, people }, [of('Finn'), of('Finn2'), of('Finn')])
    expect(found).toMatchObject({ asBefore: 2, overLimit: { count: 1 } })
  })

  const anyPast = fc.array(
    fc
      .record({
        cents: fc.integer({ min: 100, max: 1_500_000 }),
        by: fc.constantFrom('Finn', 'Finn2'),
        approvers: fc.subarray(['Ana', 'Ben', 'Cleo', 'Dora', 'Finn2']),
        // Sunday, Monday, Tuesday, and a Monday again.
        day: fc.constantFrom(13, 14, 15, 21),
      })
      .map(({ day, ...rest }) => ({ ...rest, at: `2026-09-${day}T12:00:00Z` })),
    { maxLength: 12 },
  )

  test('says of any past and any policy what trying everything by hand says', () => {
    const people = [...team, person('Finn2', 'finance', 'approver')]
    fc.assert(
      fc.property(anyPolicy, anyPast, (drawn, list) => {
        const requests = list
          .map(past)
          .toSorted((l, r) => l.submittedAt.localeCompare(r.submittedAt))
        const enough = requests.filter((request) => {
          const voters = people.filter(
            (one) => request.approvers.includes(one.userId) && one.userId !== request.requester,
          )
          return placesFillable(bandFor(drawn, request.amountCents).approvers, voters)
        })
        const within = withinLimits(drawn.limits, requests)
        const found = rehearse({ policy: drawn, zone: 'UTC', people }, requests)
        expect(found.needMorePeople.count + found.needOtherPeople.count).toBe(
          requests.length - enough.length,
        )
        expect(found.overLimit.count).toBe(requests.length - within.length)
        expect(found.asBefore).toBe(enough.filter((one) => within.includes(one)).length)
      }),
      { numRuns: 300 },
    )
  })
})

/** Goes through the requests in their order and adds up by hand. */
function withinLimits(
  { byPerson, inTotal }: typeof startPolicy.limits,
  requests: readonly PastRequest[],
): readonly PastRequest[] {
  const passed: PastRequest[] = []
  // September 2026 begins on a Tuesday: the 7th is a Monday.
  const weekOf = (at: string) => Math.floor((Number(at.slice(8, 10)) - 7) / 7)
  for (const request of requests) {
    const own = passed.filter(({ requester }) => requester === request.requester)
    const isWithin = [byPerson, inTotal].every((limits, index) => {
      const counted = index === 0 ? own : passed
      const sum = (list: readonly PastRequest[]) =>
        list.reduce<number>((all, one) => all + one.amountCents, request.amountCents)
      return (
        request.amountCents <= (limits.perWithdrawalCents ?? Infinity) &&
        sum(counted.filter((one) => one.submittedAt === request.submittedAt)) <=
          (limits.perDayCents ?? Infinity) &&
        sum(counted.filter((one) => weekOf(one.submittedAt) === weekOf(request.submittedAt))) <=
          (limits.perWeekCents ?? Infinity)
      )
    })
    if (isWithin) passed.push(request)
  }
  return passed
}

/** Tries every way to give the places to different humans. */
function placesFillable(
  approvers: readonly RequiredApprovers[],
  humans: readonly { readonly holder: string; readonly roles: readonly Role[] }[],
): boolean {
  const fill = (places: readonly Role[], left: typeof humans): boolean => {
    const [place, ...others] = places
    if (place === undefined) return true
    return left.some(
      (human) =>
        human.roles.includes(place) &&
        fill(
          others,
          left.filter(({ holder }) => holder !== human.holder),
        ),
    )
  }
  return fill(
    approvers.flatMap(({ role, people }) => Array.from({ length: people }, () => role)),
    humans,
  )
}

describe('a dead-lock', () => {
  const warned = (people: readonly NamedVotingPerson[], policy = startPolicy) =>
    policyWarnings(policy, people).map(({ kind, band }) => `${kind} ${band}`)
  const sentences = (people: readonly NamedVotingPerson[]) =>
    policyWarnings(startPolicy, people).map(({ sentence }) => sentence)

  test('is none where enough different people are there for every band', () => {
    expect(warned(team)).toEqual([])
  })

  test('is where nobody has the role, or one person would have to be two', () => {
    const onlyDual = [person('Finn', 'finance'), person('Eva', 'approver', 'admin')]
    expect(warned(onlyDual)).toEqual(['nobody_may_be_away 0', 'dead_lock 1', 'emergency null'])
    expect(sentences(onlyDual)[1]).toBe(
      'Above $5,000.00: nobody’s request could ever be approved. It takes 1 approver and 1 admin, all of them different people and none of them the requester.',
    )
    expect(sentences(onlyDual)[0]).toMatch(/while Eva is away/)
  })

  test('is for those whose own vote the band would need', () => {
    const people = [
      person('Finn', 'finance'),
      person('Gil', 'finance', 'approver'),
      person('Cleo', 'admin'),
      person('Dora', 'admin'),
    ]
    expect(warned(people)).toEqual(['dead_lock_for_some 0', 'dead_lock_for_some 1'])
    expect(sentences(people)[0]).toMatch(/requests of Gil could never be approved/)
    const second = { ...person('Gil 2', 'finance'), holder: 'Gil' }
    expect(sentences([...people, second])[0]).toMatch(/requests of Gil, Gil 2 could never/)
  })

  test('a disabled account helps nobody, and a second account is no second human', () => {
    const off = team.map((one) => (one.name === 'Dora' ? { ...one, isActive: false } : one))
    expect(warned(off)).toEqual(['nobody_may_be_away 1', 'emergency null'])
    const same = team.map((one) => (one.name === 'Dora' ? { ...one, holder: 'Cleo' } : one))
    expect(warned(same)).toContain('emergency null')
  })

  test('what a policy says against itself is told too', () => {
    const strange = {
      ...startPolicy,
      bands: [
        { upToCents: amountCents.parse(1_000), approvers: [{ role: 'admin' as const, people: 2 }] },
        { upToCents: null, approvers: [{ role: 'admin' as const, people: 1 }] },
      ],
      limits: {
        ...startPolicy.limits,
        inTotal: { ...startPolicy.limits.inTotal, perWithdrawalCents: amountCents.parse(1_000) },
      },
      businessHours: { zone, weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' },
      // From Friday evening to Monday morning, to the hour.
      expiryHours: 64,
    }
    expect(warned([...team, person('Ed', 'admin')], { ...strange, expiryHours: 65 })).not.toContain(
      'expires_while_closed null',
    )
    expect(warned([...team, person('Ed', 'admin')], strange)).toEqual([
      'larger_asks_for_fewer 1',
      'never_reached 1',
      'expires_while_closed null',
    ])
  })

  const anyTeam = fc.array(
    fc.record({
      holder: fc.constantFrom('a', 'b', 'c', 'd'),
      roles: fc.subarray<Role>(['approver', 'admin', 'finance']),
      isActive: fc.boolean(),
    }),
    { maxLength: 6 },
  )

  test('is found exactly where trying every way to share out the places finds none', () => {
    fc.assert(
      fc.property(anyPolicy, anyTeam, fc.constantFrom('a', 'b', null), (policy, drawn, asks) => {
        const people = drawn.map((one, index) => ({ ...person(`${index}`), ...one }))
        const requester = asks === null ? null : { ...person('asks', 'finance'), holder: asks }
        for (const { approvers } of policy.bands) {
          const others = people.filter(({ holder, isActive }) => isActive && holder !== asks)
          expect(canApprove(approvers, { people, requester })).toBe(
            placesFillable(approvers, others),
          )
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('every team that is warned of a dead-lock has one, and no other team', () => {
    fc.assert(
      fc.property(anyPolicy, anyTeam, (policy, drawn) => {
        const people = drawn.map((one, index) => ({ ...person(`${index}`), ...one }))
        const active = people.filter(({ isActive }) => isActive)
        const asking = active.filter(({ roles }) => roles.includes('finance'))
        policy.bands.forEach(({ approvers }, band) => {
          const stuck = asking.filter(
            (one) =>
              !placesFillable(
                approvers,
                active.filter(({ holder }) => holder !== one.holder),
              ),
          )
          const nobody =
            !placesFillable(approvers, active) ||
            (asking.length > 0 && stuck.length === asking.length)
          const kinds = policyWarnings(policy, people)
            .filter((warning) => warning.band === band)
            .map(({ kind }) => kind)
          expect(kinds.includes('dead_lock')).toBe(nobody)
          expect(kinds.includes('dead_lock_for_some')).toBe(!nobody && stuck.length > 0)
        })
      }),
      { numRuns: 500 },
    )
  })
})
