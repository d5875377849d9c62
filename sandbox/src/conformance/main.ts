import { readArguments } from './arguments.ts'
import { countsOf, lineOf, reportJson, summaryOf } from './report.ts'
import { runChecks } from './run-checks.ts'
import { troubleWith } from './trouble.ts'

/** `pnpm conformance`: 0 nothing failed, 1 something did, 2 it could not be run. */
const reading = readArguments(process.argv.slice(2))
if (reading.kind === 'run') {
  process.exitCode = await run(reading)
} else if (reading.kind === 'help') {
  process.stdout.write(reading.text)
} else {
  process.stderr.write(reading.text)
  process.exitCode = 2
}

async function run(asked: Extract<typeof reading, { kind: 'run' }>): Promise<number> {
  const { options, groups, isJson } = asked
  const trouble = await troubleWith(options)
  if (trouble !== null) {
    process.stderr.write(`${trouble}\n`)
    return 2
  }
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  const results = await runChecks(options, {
    groups,
    stop: interrupted.signal,
    onResult: (result) => {
      if (!isJson) process.stdout.write(`${lineOf(result)}\n`)
    },
  })
  // A check that was cut short may still be waiting for something.
  if (interrupted.signal.aborted) process.exit(130)
  process.stdout.write(
    `${isJson ? reportJson(options.baseUrl, results) : `\n${summaryOf(results)}`}\n`,
  )
  return countsOf(results).failed === 0 ? 0 : 1
}
