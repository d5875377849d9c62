import {
  FILE_DAYS,
  type ExportFormat,
  type ExportState,
  type PaymentExport,
} from '@desk/shared/exports/payment-export'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { presetDays } from '@desk/shared/time/day-preset'
import { filterChips } from '../payments/filter-chips.ts'
import { countText } from '../ui/readers-locale.ts'
import type { Tone } from '../ui/tone.ts'

export const stateWords = {
  queued: { word: 'Waiting', tone: 'wait' },
  running: { word: 'Running', tone: 'wait' },
  done: { word: 'Done', tone: 'ok' },
  failed: { word: 'Failed', tone: 'bad' },
  cancelled: { word: 'Cancelled', tone: 'idle' },
} as const satisfies Record<ExportState, { word: string; tone: Tone }>

export const formatWords = { csv: 'CSV', xlsx: 'Excel' } as const satisfies Record<
  ExportFormat,
  string
>

/** What is asked, in words: `Created last month · status Completed`, or `Every payment`. */
export function questionText(query: PaymentQuery, today: string): string {
  const chips = filterChips(query, today).map(({ name, value }) => `${name} ${value}`)
  const text = query.text.trim()
  const all = text === '' ? chips : [`“${text}”`, ...chips]
  const words = all.join(' · ')
  return words === '' ? 'Every payment' : words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** The same for an export that was asked for: days that move along as the days they were. */
export function askedText({ query, askedOn }: Pick<PaymentExport, 'query' | 'askedOn'>): string {
  const { createdPreset } = query
  if (createdPreset === null) return questionText(query, askedOn)
  const { from, to } = presetDays(createdPreset, askedOn)
  const fixed = { ...query, createdPreset: null, createdFrom: from, createdTo: to }
  return questionText(fixed, askedOn)
}

export function paymentsText(count: number): string {
  return `${countText(count)} ${count === 1 ? 'payment' : 'payments'}`
}

/** How far it is: `12,000 of 300,000 payments · 25,000 a second`. */
export function progressText(made: PaymentExport, nowMs: number): string {
  const { state, rowsDone, rowsExpected, startedAt } = made
  if (state === 'queued') return 'Waits for its turn'
  if (rowsExpected === null || startedAt === null) return 'Looks for the payments'
  if (rowsDone >= rowsExpected) return `${paymentsText(rowsExpected)} written, finishing`
  const seconds = (nowMs - Date.parse(startedAt)) / 1_000
  const rate = seconds > 1 ? ` · ${countText(Math.round(rowsDone / seconds))} a second` : ''
  return `${countText(rowsDone)} of ${paymentsText(rowsExpected)}${rate}`
}

/** How it differs from the run before: `2 added, 1 removed, 3 changed`. */
export function differenceText({
  added,
  removed,
  changed,
}: NonNullable<PaymentExport['difference']>): string {
  if (added + removed + changed === 0) return 'Nothing changed'
  const parts = [
    [added, 'added'],
    [removed, 'removed'],
    [changed, 'changed'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${countText(count)} ${word}`)
    .join(', ')
}

/** Why the file cannot be had, or null if it can. */
export function fileBlock({ state, file }: PaymentExport): string | null {
  if (state !== 'done' || file === null) return 'There is a file once the export is done.'
  return file.expiredAt === null
    ? null
    : `The file was deleted after ${FILE_DAYS} days; the manifest stays. Run it again for a new file.`
}
