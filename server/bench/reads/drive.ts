import autocannon from 'autocannon'
import { deskHeaders } from './asked.ts'
import type { Ready } from './server-process.ts'

const CONNECTIONS = 8
const WARM_UP_SECONDS = 1
const ROUNDS = 4

export interface Load {
  readonly p50Ms: number
  readonly p95Ms: number
  /** Answers in the measured time. */
  readonly answers: number
  readonly kilobytesEach: number
}

type BySide<T> = Readonly<Record<'desk' | 'bare', T>>

/**
 * Eight connections ask one side as fast as it answers, then the other, in short turns: what else the
 * machine is doing meanwhile then weighs on both. Any answer but 200 is a defect of the benchmark.
 */
export async function drive(
  servers: BySide<Ready>,
  paths: BySide<readonly string[]>,
  seconds: number,
): Promise<BySide<Load>> {
  const samples = { desk: newSample(), bare: newSample() }
  await ask(servers.bare, paths.bare, { seconds: WARM_UP_SECONDS, sample: newSample() })
  await ask(servers.desk, paths.desk, { seconds: WARM_UP_SECONDS, sample: newSample() })
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of ['bare', 'desk'] as const) {
      await ask(servers[side], paths[side], { seconds: seconds / ROUNDS, sample: samples[side] })
    }
  }
  return { desk: loadOf(samples.desk), bare: loadOf(samples.bare) }
}

interface Sample {
  readonly times: number[]
  bytes: number
}

function newSample(): Sample {
  return { times: [], bytes: 0 }
}

async function ask(
  server: Ready,
  paths: readonly string[],
  { seconds, sample }: { readonly seconds: number; readonly sample: Sample },
): Promise<void> {
  let connections = 0
  const ended = Promise.withResolvers<autocannon.Result>()
  const options: autocannon.Options = {
    url: server.url,
    connections: CONNECTIONS,
    duration: seconds,
    headers: { ...deskHeaders, cookie: server.cookie },
    setupClient: (client) => {
      // Each connection starts elsewhere, or all eight would ask for the same thing at once.
      const start = Math.floor((connections * paths.length) / CONNECTIONS)
      connections += 1
      client.setRequests(
        [...paths.slice(start), ...paths.slice(0, start)].map((path) => ({ path })),
      )
      client.on('response', (_status, size, milliseconds) => {
        sample.times.push(milliseconds)
        sample.bytes += size
      })
    },
  }
  autocannon(options, (error, result) => (error ? ended.reject(error) : ended.resolve(result)))
  const result = await ended.promise
  const bad = result.non2xx + result.errors + result.timeouts
  if (bad > 0) throw new Error(`${bad} answers were not 200 for ${paths[0] ?? ''}`)
}

function loadOf({ times, bytes }: Sample): Load {
  if (times.length === 0) throw new Error('Not one answer in the measured time.')
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
