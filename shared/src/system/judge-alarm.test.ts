import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents-schema.ts'
import { DRIFT_ALARM_CENTS, findAlarms } from './alarm.ts'
import {
  CLEAR_AFTER_MS,
  clearAlarm,
  judgeAlarm,
  RAISE_AFTER_MS,
  REMIND_EVERY_MS,
} from './judge-alarm.ts'
import { healthySystem } from './system-facts.fixtures.ts'
import { tellableAt } from './quiet-hours.ts'

/** Judges once per half minute; answers what was told and at which round. */
function told(rounds: readonly (boolean | null)[]) {
  let state = clearAlarm
  return rounds.flatMap((isRinging, round) => {
    const judged = judgeAlarm(state, isRinging, round * 30_000)
    state = judged.next
    return judged.tell === null ? [] : [`${round} ${judged.tell}`]
  })
}
const times = <Value>(count: number, value: Value): Value[] =>
  Array.from({ length: count }, () => value)

describe('an alarm', () => {
  test('is told once, and once that all is well again', () => {
    expect(told([...times(6, true), ...times(20, false)])).toEqual(['2 opened', '16 well'])
  })
  test('that is over within a minute is told to nobody', () => {
    expect(told([true, true, false, true, true, false])).toEqual([])
  })
  test('that flaps stays one alarm', () => {
    expect(told([...times(3, true), ...times(5, [...times(9, false), true]).flat()])).toEqual([
      '2 opened',
    ])
  })
  test('is not over because its facts could not be read', () => {
    expect(told([...times(3, true), ...times(30, null), true])).toEqual(['2 opened'])
  })
  test('is reminded of while it lasts', () => {
    expect(told(times(2 + (2 * REMIND_EVERY_MS) / 30_000 + 1, true))).toEqual([
      '2 opened',
      '482 reminder',
      '962 reminder',
    ])
  })
  test('never ends before it began, nor begins twice, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.boolean())), (rounds) => {
        const changes = told(rounds.flatMap((each) => times(5, each)))
          .map((line) => line.split(' ')[1])
          .filter((occasion) => occasion !== 'reminder')
        expect(changes).toEqual(changes.map((_, index) => (index % 2 === 0 ? 'opened' : 'well')))
      }),
    )
    expect(RAISE_AFTER_MS).toBeLessThan(CLEAR_AFTER_MS)
  })
})

describe('what rings', () => {
  const ringing = (changes: object) =>
    findAlarms({ ...healthySystem, ...changes })
      .filter(({ isRinging }) => isRinging)
      .map(({ kind }) => kind)
  const { webhooks, upstream, withdrawals } = healthySystem
  const stop = { cause: 'person', reason: 'A phone was lost', at: healthySystem.at } as const
  const noCents = amountCents.parse(0)
  test.each([
    ['nothing', {}, []],
    ['parked', { webhooks: { ...webhooks, parked: 1 } }, ['parked']],
    ['surge', { webhooks: { ...webhooks, refusedInLastHour: 20 } }, ['refused_surge']],
    [
      'gap',
      { webhooks: { ...webhooks, gap: { ...webhooks.gap, isAlarming: true } } },
      ['arrival_gap'],
    ],
    [
      'lag',
      { webhooks: { ...webhooks, waiting: 1, oldestWaitingAt: '2026-11-23T08:50:00.000Z' } },
      ['processing_lag'],
    ],
    [
      'audit',
      { audit: { ...healthySystem.audit, fault: { seq: 7, text: 'Entry 7 is missing.' } } },
      ['audit_broken'],
    ],
    ['breaker', { upstream: { ...upstream, circuit: 'open' } }, ['upstream_down']],
    [
      'key',
      {
        upstream: {
          ...upstream,
          lastSuccessAt: null,
          lastFailure: { outcome: 'refused', status: 401, message: 'no' },
        },
      },
      ['key_refused'],
    ],
    ['little drift', { drift: { open: 1, stakeCents: DRIFT_ALARM_CENTS - 1 } }, []],
    [
      'one that nobody asked for here',
      {
        withdrawals: {
          ...withdrawals,
          unrequested: { count: 1, cents: amountCents.parse(125_000) },
        },
      },
      ['withdrawal_unrequested'],
    ],
    ['an unclear sending', { withdrawals: { ...withdrawals, unknown: 1 } }, ['withdrawal_unknown']],
    ['a stop', { withdrawals: { ...withdrawals, stop } }, ['withdrawals_stopped']],
    [
      'an answer that differs',
      { withdrawals: { ...withdrawals, stop: { ...stop, cause: 'different_answer' } } },
      ['withdrawal_differs'],
    ],
    [
      'an empty wallet',
      { withdrawals: { ...withdrawals, lowBalances: [{ network: 'eip155:1', cents: noCents }] } },
      ['low_balance'],
    ],
    ['much drift', { drift: { open: 1, stakeCents: DRIFT_ALARM_CENTS } }, ['drift_stake']],
  ])('%s', (_case, changes, kinds) => {
    expect(ringing(changes)).toEqual(kinds)
  })
  test('what could not be read is neither ringing nor well', () => {
    const found = findAlarms({ ...healthySystem, webhooks: null })
    expect(found.filter(({ isRinging }) => isRinging === null).map(({ kind }) => kind)).toEqual([
      'arrival_gap',
      'processing_lag',
      'parked',
      'refused_surge',
    ])
  })
})

describe('in quiet hours it is told when they end', () => {
  const at = (quiet: { from: string; until: string } | null, now: string) =>
    new Date(tellableAt(quiet, { nowMs: Date.parse(now), zone: 'Europe/London' })).toISOString()
  const night = { from: '22:00', until: '07:00' }
  test.each([
    ['by day at once', night, '2026-11-23T12:00:00.000Z', '2026-11-23T12:00:00.000Z'],
    ['before midnight', night, '2026-11-23T23:30:30.000Z', '2026-11-24T07:00:00.000Z'],
    ['after midnight', night, '2026-11-24T03:00:00.000Z', '2026-11-24T07:00:00.000Z'],
    ['at the last minute', night, '2026-11-24T06:59:59.000Z', '2026-11-24T07:00:00.000Z'],
    ['the night that loses an hour', night, '2026-03-28T22:30:00.000Z', '2026-03-29T06:00:00.000Z'],
    ['the night that gains one', night, '2026-10-24T21:30:00.000Z', '2026-10-25T07:00:00.000Z'],
    [
      'an end that the clock skips',
      { from: '22:00', until: '01:30' },
      '2026-03-29T00:10:00.000Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'hours of the day',
      { from: '12:00', until: '13:00' },
      '2026-11-23T12:30:00.000Z',
      '2026-11-23T13:00:00.000Z',
    ],
    ['no quiet hours', null, '2026-11-24T03:00:00.000Z', '2026-11-24T03:00:00.000Z'],
  ])('%s', (_case, quiet, now, then) => {
    expect(at(quiet, now)).toBe(then)
  })
})
