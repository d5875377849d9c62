import type { Load } from './drive.ts'
import { markdownTable } from '../markdown-table.ts'
import type { Goal, Scenario } from './scenario.ts'

export interface Measurement {
  readonly scenario: Scenario
  readonly desk: Load
  readonly bare: Load
}

/** The scenarios that miss their goal. */
export function judge(measured: readonly Measurement[]): string[] {
  return measured.filter(isMissed).map(({ scenario }) => scenario.name)
}

/** A Markdown table, ready for the documentation. */
export function report(
  measured: readonly Measurement[],
  { rows, seconds }: { readonly rows: number; readonly seconds: number },
): string {
  const title = `\n${rows.toLocaleString('en')} payments, 8 connections, ${seconds} s each, milliseconds\n\n`
  const missed = judge(measured)
  const verdict = missed.length === 0 ? 'All goals met.' : `Missed: ${missed.join('; ')}.`
  return `${title}${markdownTable([headings, ...measured.map(lineOf)])}\n${verdict}\n`
}

const headings = [
  'Read',
  'Desk p50',
  'Desk p95',
  'Bare p95',
  'Ratio',
  'Goal',
  '',
  'Answers (Desk)',
  'kB (Desk)',
  'kB (bare)',
]

function lineOf(measurement: Measurement): string[] {
  const { scenario, desk, bare } = measurement
  const mark = scenario.goal === null ? '' : isMissed(measurement) ? 'missed' : 'met'
  return [
    scenario.name,
    desk.p50Ms.toFixed(1),
    desk.p95Ms.toFixed(1),
    bare.p95Ms.toFixed(1),
    `${(desk.p95Ms / bare.p95Ms).toFixed(2)} ×`,
    scenario.goal === null ? '' : goalText(scenario.goal),
    mark,
    desk.answers.toLocaleString('en'),
    desk.kilobytesEach.toFixed(1),
    bare.kilobytesEach.toFixed(1),
  ]
}

function isMissed({ scenario: { goal }, desk, bare }: Measurement): boolean {
  if (goal?.ratioMax !== undefined && desk.p95Ms > goal.ratioMax * bare.p95Ms) return true
  return goal?.p95MaxMs !== undefined && desk.p95Ms > goal.p95MaxMs
}

function goalText({ name, ratioMax, p95MaxMs }: Goal): string {
  const limits = [
    ...(ratioMax === undefined ? [] : [`≤ ${ratioMax} ×`]),
    ...(p95MaxMs === undefined ? [] : [`≤ ${p95MaxMs} ms`]),
  ]
  return `${name} ${limits.join(', ')}`
}
