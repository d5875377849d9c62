import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { markdownTable } from '../markdown-table.ts'
import type { Measurement } from './report.ts'

const folder = resolve(import.meta.dirname, '../../../bench-results')
const FLAT_MAX = 1.5

const kept = z.record(z.string(), z.object({ deskP95Ms: z.number(), bareP95Ms: z.number() }))
type Kept = z.infer<typeof kept>

/** Keeps the p95 of each read for runs over other sizes to be compared with. */
export function keepResults(measured: readonly Measurement[], rows: number): void {
  const results = { ...keptResults(rows), ...p95Of(measured) }
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileOf(rows), `${JSON.stringify(results, null, 2)}\n`)
}

/** How much more the reads of ten million payments cost than those of a million, once both were measured. */
export function flatnessReport(): string {
  const million = keptResults(1_000_000)
  const many = keptResults(10_000_000)
  if (million === null || many === null) return ''
  const lines = Object.entries(many).flatMap(([name, of10m]) => {
    const of1m = million[name]
    if (!of1m) return []
    const ratio = of10m.deskP95Ms / of1m.deskP95Ms
    return [
      [
        name,
        of1m.deskP95Ms.toFixed(1),
        of10m.deskP95Ms.toFixed(1),
        `${ratio.toFixed(2)} ×`,
        ratio <= FLAT_MAX ? 'met' : 'missed',
        `${(of10m.bareP95Ms / of1m.bareP95Ms).toFixed(2)} ×`,
      ],
    ]
  })
  const headings = [
    'Read',
    'p95 at 1 M',
    'p95 at 10 M',
    'Ratio',
    `P5 ≤ ${FLAT_MAX} ×`,
    'Bare ratio',
  ]
  return `\nDesk at 10 M against Desk at 1 M, as last measured, milliseconds\n\n${markdownTable([headings, ...lines])}`
}

function p95Of(measured: readonly Measurement[]): Kept {
  return Object.fromEntries(
    measured.map(({ scenario, desk, bare }) => [
      scenario.name,
      { deskP95Ms: desk.p95Ms, bareP95Ms: bare.p95Ms },
    ]),
  )
}

function keptResults(rows: number): Kept | null {
  try {
    return kept.parse(JSON.parse(readFileSync(fileOf(rows), 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function fileOf(rows: number): string {
  return join(folder, `reads-${rows}.json`)
}
