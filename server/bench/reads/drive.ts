import autocannon from 'autocannon'
import type { Ready } from './server-process.ts'

const CONNECTIONS = 8
const WARM_UP_SECONDS = 2

export interface Load {
  readonly p50Ms: number
  readonly p95Ms: number
  /** Answers in the measured time. */
  readonly answers: number
  readonly kilobytesEach: number
}

/** Eight connections ask as fast as they are answered; any answer but 200 is a defect of the benchmark. */
export async function drive(
  server: Ready,
  paths: readonly string[],
  seconds: number,
): Promise<Load> {
  await run(server, paths, WARM_UP_SECONDS)
  return run(server, paths, seconds)
}

async function run(server: Ready, paths: readonly string[], seconds: number): Promise<Load> {
  const times: number[] = []
  let bytes = 0
  let connections = 0
  const ended = Promise.withResolvers<autocannon.Result>()
  const options: autocannon.Options = {
    url: server.url,
    connections: CONNECTIONS,
    duration: seconds,
    headers: { cookie: server.cookie },
    setupClient: (client) => {
      // Each connection starts elsewhere, or all eight would ask for the same thing at once.
      const start = Math.floor((connections * paths.length) / CONNECTIONS)
      connections += 1
      client.setRequests(
        [...paths.slice(start), ...paths.slice(0, start)].map((path) => ({ path })),
      )
      client.on('response', (_status, size, milliseconds) => {
        times.push(milliseconds)
        bytes += size
      })
    },
  }
  autocannon(options, (error, result) => (error ? ended.reject(error) : ended.resolve(result)))
  const result = await ended.promise
  const bad = result.non2xx + result.errors + result.timeouts
  if (bad > 0 || times.length === 0) {
    throw new Error(`${bad} of ${times.length} answers were not 200 for ${paths[0] ?? ''}`)
  }
  const sorted = Float64Array.from(times).sort()
  return {
    p50Ms: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    answers: times.length,
    kilobytesEach: bytes / times.length / 1_000,
  }
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
