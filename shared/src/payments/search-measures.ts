/** How far a payment can have come; each stage holds those that came further. */
export const reachedStages = ['quoted', 'seen', 'completed'] as const
export type ReachedStage = (typeof reachedStages)[number]

/** ISO days of the week, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** What `hour:` asks for: an hour of the day, a day of the week (1 is Monday), or one hour of the week. */
export function hourAsked(
  value: string,
): { readonly weekday: number | null; readonly hour: number | null } | null {
  const [, day = '', , clock = ''] =
    /^(mon|tue|wed|thu|fri|sat|sun)?(-(?=\d)|)(\d{1,2})?$/.exec(value) ?? []
  const isJoined = value.includes('-') === (day !== '' && clock !== '')
  if ((day === '' && clock === '') || !isJoined || Number(clock) > 23) return null
  const index = weekdays.findIndex((one) => one === day)
  return { weekday: index < 0 ? null : index + 1, hour: clock === '' ? null : Number(clock) }
}

/** Whole seconds, both included, of `20`, `>300`, `>=300`, `<60`, `<=60`, `21..30`, `21..` or `..30`. */
export function secondsAsked(
  value: string,
): { readonly min: number | null; readonly max: number | null } | null {
  const [, low = '', high = ''] = /^(\d{0,9})\.\.(\d{0,9})$/.exec(value) ?? []
  if (low !== '' || high !== '') {
    return { min: low === '' ? null : Number(low), max: high === '' ? null : Number(high) }
  }
  const [, sign = '', digits] = /^(>=|<=|>|<|)(\d{1,9})$/.exec(value) ?? []
  if (digits === undefined) return null
  const seconds = Number(digits)
  if (sign === '') return { min: seconds, max: seconds }
  if (sign.startsWith('>')) return { min: sign === '>' ? seconds + 1 : seconds, max: null }
  return { min: null, max: sign === '<' ? seconds - 1 : seconds }
}

/** Why a search cannot ask for this; null where it can. */
export function measureFault(name: 'reached' | 'hour' | 'confirm', value: string): string | null {
  switch (name) {
    case 'reached':
      return reachedStages.some((one) => one === value)
        ? null
        : `reached: takes ${reachedStages.join(', ')}.`
    case 'hour':
      return hourAsked(value)
        ? null
        : 'hour: takes an hour such as 14, a day such as mon, or both, such as mon-14.'
    case 'confirm':
      return secondsAsked(value)
        ? null
        : 'confirm: takes seconds from the chain to completion, such as >300 or 21..30.'
  }
}
