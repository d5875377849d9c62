import { describe, expect, test } from 'vitest'
import { judgeArrivalGap } from './arrival-gap.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const minutes = (count: number) => count * 60_000
const quietSince = (silentMs: number) => ({ nowMs, lastAtMs: nowMs - silentMs })

describe('how long nothing came', () => {
  test('alarms once ten deliveries usually come in such a stretch of the week', () => {
    const hour = { sameHour: [120, 120, 120, 120] }
    const some = judgeArrivalGap({ ...quietSince(minutes(4)), sameSilence: [8, 9, 9, 30], ...hour })
    expect(some).toMatchObject({ expected: 9, isAlarming: false })
    const many = judgeArrivalGap({
      ...quietSince(minutes(6)),
      sameSilence: [2, 11, 12, 30],
      ...hour,
    })
    expect(many).toMatchObject({ expected: 11.5, isAlarming: true, silentMs: minutes(6) })
  })

  test('one wild week neither alarms nor keeps from it', () => {
    expect(
      judgeArrivalGap({ ...quietSince(1), sameSilence: [0, 1, 900], sameHour: [] }).isAlarming,
    ).toBe(false)
    expect(
      judgeArrivalGap({ ...quietSince(1), sameSilence: [0, 40, 50], sameHour: [] }).isAlarming,
    ).toBe(true)
  })

  test('a quiet night is quiet every week', () => {
    const night = { sameSilence: [3, 0, 2, 1], sameHour: [0, 0, 1, 0] }
    const gap = judgeArrivalGap({ ...quietSince(minutes(300)), ...night })
    expect(gap).toMatchObject({ isAlarming: false, usualIntervalMs: null })
  })

  test('says how long it usually is from one to the next', () => {
    const gap = judgeArrivalGap({ ...quietSince(1), sameSilence: [0], sameHour: [60, 120, 90] })
    expect(gap.usualIntervalMs).toBe(40_000)
  })

  test('before the first delivery, and before the first week, there is nothing to compare with', () => {
    const never = { nowMs, lastAtMs: null, sameSilence: [50], sameHour: [50] }
    expect(judgeArrivalGap(never)).toMatchObject({
      lastAt: null,
      silentMs: null,
      isAlarming: false,
    })
    const young = { ...quietSince(minutes(600)), sameSilence: [], sameHour: [] }
    expect(judgeArrivalGap(young)).toMatchObject({ expected: null, isAlarming: false })
  })
})
