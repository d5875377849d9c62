/** So long it has to ring before anybody is told: a hiccup is none. */
export const RAISE_AFTER_MS = 60_000
/** So long all has to be well before that is told: what flaps stays one alarm. */
export const CLEAR_AFTER_MS = 5 * 60_000
export const REMIND_EVERY_MS = 4 * 60 * 60_000

export interface AlarmState {
  readonly state: 'clear' | 'open'
  /** Since when the facts speak against the state; null while they agree. Instants are milliseconds. */
  readonly turningSince: number | null
  readonly openedAt: number | null
  readonly toldAt: number | null
}

export const clearAlarm: AlarmState = {
  state: 'clear',
  turningSince: null,
  openedAt: null,
  toldAt: null,
}

interface AlarmJudgement {
  readonly next: AlarmState
  /** What somebody has to be told now; null for nothing. */
  readonly tell: 'opened' | 'reminder' | 'well' | null
}

/**
 * One alarm, once told: opened when it rang for a while, reminded of while it lasts, and told to be over when
 * all was well for a while. What is not known (`null`) changes nothing.
 */
export function judgeAlarm(
  before: AlarmState,
  isRinging: boolean | null,
  nowMs: number,
): AlarmJudgement {
  if (isRinging === null) return { next: before, tell: null }
  const isOpen = before.state === 'open'
  if (isRinging === isOpen) {
    const steady = { ...before, turningSince: null }
    const isDue = isOpen && nowMs - (before.toldAt ?? nowMs) >= REMIND_EVERY_MS
    if (isDue) return { next: { ...steady, toldAt: nowMs }, tell: 'reminder' }
    return { next: steady, tell: null }
  }
  const turningSince = before.turningSince ?? nowMs
  const isSettled = nowMs - turningSince >= (isOpen ? CLEAR_AFTER_MS : RAISE_AFTER_MS)
  if (!isSettled) return { next: { ...before, turningSince }, tell: null }
  if (isOpen) return { next: clearAlarm, tell: 'well' }
  return {
    next: { state: 'open', turningSince: null, openedAt: turningSince, toldAt: nowMs },
    tell: 'opened',
  }
}
