import { type AmountCents, parseDollars } from '../money/amount-cents.ts'
import { amountCents } from '../money/amount-cents-schema.ts'
import * as z from 'zod/mini'
import type { DayRange } from '../time/day-preset.ts'
import { isQueryDay } from './payment-query.ts'

/** Cents, both included, of `149.99`, `>100`, `>=100`, `<20`, `<=20`, `10..20`, `10..` or `..20`. */
export function amountLimits(
  value: string,
): { readonly min: AmountCents | null; readonly max: AmountCents | null } | null {
  const range = /^([^.]*(?:\.\d+)?)\.\.(.*)$/.exec(value)
  if (range) {
    const [, low = '', high = ''] = range
    const min = low === '' ? null : parseDollars(low)
    const max = high === '' ? null : parseDollars(high)
    const isHalf = low === '' && high === ''
    return isHalf || (low !== '' && min === null) || (high !== '' && max === null)
      ? null
      : { min, max }
  }
  const [, sign = '', number = ''] = /^(>=|<=|>|<|)(.*)$/.exec(value) ?? []
  const cents = parseDollars(number)
  if (cents === null) return null
  if (sign === '') return { min: cents, max: cents }
  if (sign === '>=') return { min: cents, max: null }
  if (sign === '<=') return { min: null, max: cents }
  const next = nextCent(cents, sign === '>' ? 1 : -1)
  if (next === null) return null
  return sign === '>' ? { min: next, max: null } : { min: null, max: next }
}

function nextCent(cents: number, step: number): AmountCents | null {
  const next = z.safeParse(amountCents, cents + step)
  return next.success && next.data >= 0 ? next.data : null
}

/** Days, both included, of a day, a month, a year, `from..to` of these with either end open, or `>=day`, `<=day`. */
export function dayLimits(value: string): DayRange | null {
  const compared = /^(>=|<=)(.+)$/.exec(value)
  if (compared) {
    const span = daySpan(compared[2] ?? '')
    if (span === null) return null
    return compared[1] === '>=' ? { from: span.from, to: null } : { from: null, to: span.to }
  }
  const [low = '', high, ...more] = value.split('..')
  if (more.length > 0) return null
  if (high === undefined) return daySpan(low)
  const first = low === '' ? null : daySpan(low)
  const last = high === '' ? null : daySpan(high)
  const isWrong = (low !== '' && first === null) || (high !== '' && last === null)
  return isWrong || (low === '' && high === '')
    ? null
    : { from: first?.from ?? null, to: last?.to ?? null }
}

function daySpan(text: string): { from: string; to: string } | null {
  if (isQueryDay(text)) return { from: text, to: text }
  const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
  if (!isMonth && !/^\d{4}$/.test(text)) return null
  const from = isMonth ? `${text}-01` : `${text}-01-01`
  const to = isMonth ? `${text}-${daysIn(text)}` : `${text}-12-31`
  return isQueryDay(from) && isQueryDay(to) ? { from, to } : null
}

function daysIn(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).getUTCDate()
}
