import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Kysely } from 'kysely'
import type { Database } from '../../src/database-schema.ts'
import { countOf } from './count-of.ts'
import { drive } from './drive.ts'
import { drawPayments } from './drawn-payments.ts'
import { flatnessReport, keepResults } from './kept-results.ts'
import { listScenarios } from './list-scenarios.ts'
import { cliffReport, cliffs, type RepeatedRead, repeatRead } from './plan-cliff.ts'
import { judge, type Measurement, report } from './report.ts'
import { openScratchDatabase } from './scratch-database.ts'
import type { Scenario } from './scenario.ts'
import { searchScenarios } from './search-scenarios.ts'
import { startServer } from './server-process.ts'
import { sumScenarios } from './sum-scenarios.ts'

/** Measures the reads of payments through Desk and through a bare route; returns the exit code. */
export async function benchReads(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '1m' },
      seconds: { type: 'string', default: '6' },
      only: { type: 'string', default: '' },
      check: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
  })
  const extent = {
    rows: countOf(values.rows),
    seconds: Number(values.seconds),
    only: values.only,
  }
  const folder = values.data ?? mkdtempSync(join(tmpdir(), 'desk-bench-'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    const { measured, repeated } = await measure(folder, extent)
    keepResults(measured, extent.rows)
    process.stdout.write(report(measured, extent) + cliffReport(repeated) + flatnessReport())
    const isMissed = values.check && judge(measured).length > 0
    return isMissed || cliffs(repeated).length > 0 ? 1 : 0
  } finally {
    if (values.data === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

interface Extent {
  readonly rows: number
  /** How long each scenario runs on each side. */
  readonly seconds: number
  /** What the names of the scenarios contain, one of these with commas between. */
  readonly only: string
}

interface Findings {
  readonly measured: readonly Measurement[]
  readonly repeated: readonly RepeatedRead[]
}

async function measure(folder: string, { rows, seconds, only }: Extent): Promise<Findings> {
  await using database = await openScratchDatabase(folder, { rows, durable: false })
  const wanted = only.split(',')
  const scenarios = (await scenariosOver(database.owner, rows)).filter(({ name }) =>
    wanted.some((part) => name.includes(part)),
  )
  await using desk = await startServer('reads:desk', database)
  await using bare = await startServer('reads:bare', database)
  const measured: Measurement[] = []
  const repeated: RepeatedRead[] = []
  for (const scenario of scenarios) {
    process.stdout.write(`${scenario.name} …\n`)
    repeated.push(await repeatRead(desk, scenario))
    measured.push({ scenario, ...(await drive({ desk, bare }, scenario, seconds)) })
  }
  return { measured, repeated }
}

async function scenariosOver(owner: Kysely<Database>, rows: number): Promise<Scenario[]> {
  const drawn = await drawPayments(owner)
  return [...listScenarios(drawn), ...searchScenarios(drawn, rows), ...sumScenarios(drawn)]
}
