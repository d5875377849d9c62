import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { drive } from './drive.ts'
import { judge, type Measurement, report } from './report.ts'
import { scenariosOver } from './scenarios.ts'
import { openScratchDatabase } from './scratch-database.ts'
import { startServer } from './server-process.ts'

/** Measures the reads of payments through Desk and through a bare route; returns the exit code. */
export async function benchReads(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '1m' },
      seconds: { type: 'string', default: '6' },
      check: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
  })
  const rows = readCount(values.rows)
  const seconds = Number(values.seconds)
  const folder = values.data ?? mkdtempSync(join(tmpdir(), 'desk-bench-'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    const measured = await measure(folder, { rows, seconds })
    process.stdout.write(report(measured, { rows, seconds }))
    return values.check && judge(measured).length > 0 ? 1 : 0
  } finally {
    if (values.data === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(
  folder: string,
  { rows, seconds }: { readonly rows: number; readonly seconds: number },
): Promise<Measurement[]> {
  await using database = await openScratchDatabase(folder, rows)
  const scenarios = await scenariosOver(database.owner)
  await using desk = await startServer('reads:desk', database)
  await using bare = await startServer('reads:bare', database)
  const measured: Measurement[] = []
  for (const scenario of scenarios) {
    process.stdout.write(`${scenario.name} …\n`)
    measured.push({
      scenario,
      ...(await drive({ desk, bare }, scenario, seconds)),
    })
  }
  return measured
}

function readCount(text: string): number {
  const match = /^(\d+)(k|m)?$/i.exec(text)
  if (!match) throw new Error(`--rows ${text} is not a number such as 50k, 1m or 10m.`)
  const factor = { k: 1_000, m: 1_000_000 }[match[2]?.toLowerCase() ?? ''] ?? 1
  return Number(match[1]) * factor
}
