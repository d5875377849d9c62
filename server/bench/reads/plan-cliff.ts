import { deskHeaders } from './asked.ts'
import { markdownTable } from '../markdown-table.ts'
import type { Scenario } from './scenario.ts'
import type { Ready } from './server-process.ts'

/** Postgres may take a generic plan from the sixth run of a prepared statement on. */
const RUNS = 50
const LIMIT_MS = 1_000

export interface RepeatedRead {
  readonly name: string
  /** Milliseconds of each run, in their order. */
  readonly times: readonly number[]
  /** What was answered with a refusal instead, such as for want of time. */
  readonly refused: readonly string[]
}

/** One read many times in a row, one at a time. */
export async function repeatRead(
  desk: Ready,
  { name, desk: paths }: Scenario,
): Promise<RepeatedRead> {
  const times: number[] = []
  const refused: string[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const path = paths[run % paths.length] ?? ''
    const start = performance.now()
    const response = await fetch(new URL(path, desk.url), {
      headers: { ...deskHeaders, cookie: desk.cookie },
    })
    const text = await response.text()
    times.push(performance.now() - start)
    if (!response.ok || text.includes('"error"'))
      refused.push(`${decodeURIComponent(path)}\n${text}`)
  }
  return { name, times, refused }
}

/** The reads that went over the limit of P4. */
export function cliffs(reads: readonly RepeatedRead[]): string[] {
  return reads.filter(isBroken).map(({ name }) => name)
}

export function cliffReport(reads: readonly RepeatedRead[]): string {
  const lines = reads.map(lineOf)
  const headings = ['Read', 'Runs 1–5', `Runs 6–${RUNS}`, 'Slowest', 'in run', 'Refused', 'P4']
  const broken = cliffs(reads)
  const verdict =
    broken.length === 0 ? 'No plan cliff.' : `Over a second, or refused: ${broken.join('; ')}.`
  return `\nEach read ${RUNS} times in a row, median milliseconds\n\n${markdownTable([headings, ...lines])}\n${verdict}\n${reads.flatMap(({ refused }) => refused.slice(0, 1)).join('\n')}\n`
}

function lineOf(read: RepeatedRead): string[] {
  const { name, times, refused } = read
  return [
    name,
    median(times.slice(0, 5)).toFixed(1),
    median(times.slice(5)).toFixed(1),
    slowest(times).toFixed(1),
    String(times.indexOf(slowest(times)) + 1),
    String(refused.length),
    isBroken(read) ? 'broken' : 'met',
  ]
}

function isBroken({ times, refused }: RepeatedRead): boolean {
  return refused.length > 0 || slowest(times) >= LIMIT_MS
}

function slowest(times: readonly number[]): number {
  return Math.max(...times)
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}
