import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { verifyRollups } from '../../src/settlements/verify-rollups.ts'
import { markdownTable } from '../markdown-table.ts'
import { deskHeaders } from '../reads/asked.ts'
import { countOf } from '../reads/count-of.ts'
import { drive } from '../reads/drive.ts'
import { flatnessReport, keepResults } from '../reads/kept-results.ts'
import type { Measurement } from '../reads/report.ts'
import { openScratchDatabase, type ScratchDatabase } from '../reads/scratch-database.ts'
import { type Server, startServer } from '../reads/server-process.ts'
import { chartScenarios } from './chart-scenarios.ts'
import { countAll, longestLag } from './rollup-lag.ts'

/** P7 of what Desk promises, of a chart over a year. */
const goals = { aloneP95Ms: 60, kilobytes: 40, lagSeconds: 5 } as const
const askedAlone = 100
const lagMeasuredSeconds = 15

interface ChartMeasurement extends Measurement {
  readonly aloneP95Ms: number
}

/** Measures charts through Desk and as bare SQL, and how far sums are behind; returns the exit code. */
export async function benchCharts(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '1m' },
      seconds: { type: 'string', default: '6' },
      check: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
  })
  const rows = countOf(values.rows)
  const folder = values.data ?? mkdtempSync(join(tmpdir(), 'desk-bench-'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    await using database = await openScratchDatabase(folder, { rows, durable: false })
    const counted = await countAll(database.owner)
    await sql`vacuum analyze`.execute(database.owner)
    process.stdout.write(`all counted in ${counted.toFixed(0)} s\n`)
    const measured = await measure(database, Number(values.seconds))
    const lag = await longestLag(database.owner, lagMeasuredSeconds)
    await countAll(database.owner)
    const verdict = await verifyRollups(database.owner)
    keepResults(measured, rows)
    process.stdout.write(
      `\n${rows.toLocaleString('en')} payments, milliseconds\n\n${tableOf(measured)}\n` +
        `While 200 payments changed each second sums were at most ${lag.toFixed(1)} s behind.\n` +
        `After it ${verdict.text}\n${flatnessReport()}`,
    )
    const [year] = measured
    const isMet =
      year !== undefined &&
      year.aloneP95Ms < goals.aloneP95Ms &&
      year.desk.kilobytesEach < goals.kilobytes &&
      lag <= goals.lagSeconds
    return !verdict.ok || (values.check && !isMet) ? 1 : 0
  } finally {
    if (values.data === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(database: ScratchDatabase, seconds: number): Promise<ChartMeasurement[]> {
  await using desk = await startServer('reads:desk', database)
  await using bare = await startServer('reads:bare', database)
  const measured: ChartMeasurement[] = []
  for (const scenario of chartScenarios()) {
    process.stdout.write(`${scenario.name} …\n`)
    const aloneP95Ms = await askAlone(desk, scenario.desk[0] ?? '')
    measured.push({ scenario, aloneP95Ms, ...(await drive({ desk, bare }, scenario, seconds)) })
  }
  return measured
}

/** One after the other, as somebody does who looks at a screen by themselves. */
async function askAlone({ url, cookie }: Server, path: string): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < askedAlone; count += 1) {
    const start = performance.now()
    const answer = await fetch(new URL(path, url), { headers: { ...deskHeaders, cookie } })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`A chart was answered with ${answer.status}.`)
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(askedAlone * 0.95)] ?? Number.NaN
}

function tableOf(measured: readonly ChartMeasurement[]): string {
  const headings = [
    'Charts of',
    'Desk p95 alone',
    'Desk p95',
    'Bare p95',
    'Ratio',
    'kB (Desk)',
    'kB (bare)',
  ]
  return markdownTable([
    headings,
    ...measured.map(({ scenario, aloneP95Ms, desk, bare }) => [
      scenario.name,
      aloneP95Ms.toFixed(1),
      desk.p95Ms.toFixed(1),
      bare.p95Ms.toFixed(1),
      `${(desk.p95Ms / bare.p95Ms).toFixed(2)} ×`,
      desk.kilobytesEach.toFixed(1),
      bare.kilobytesEach.toFixed(1),
    ]),
  ])
}
