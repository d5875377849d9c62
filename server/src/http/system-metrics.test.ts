import fastify from 'fastify'
import { expect, test } from 'vitest'
import type { SystemFacts } from '@desk/shared/system/system-facts'
import { healthySystem } from '@desk/shared/system/system-facts.fixtures'
import { operationsRoutes } from './operations-routes.ts'

test('a monitor reads the facts of the status page in seconds, bytes and counts', async () => {
  let facts: SystemFacts = {
    ...healthySystem,
    webhooks: {
      ...healthySystem.webhooks,
      waiting: 3,
      oldestWaitingAt: '2026-11-23T08:59:58.500Z',
    },
    drift: { open: 2, stakeCents: 12_345 },
    upstream: { ...healthySystem.upstream, circuit: 'half_open', rateLimitedCount: 4 },
  }
  const http = fastify()
  operationsRoutes(http, { faults: async () => [] }, { facts: async () => facts })
  const scrape = async () => (await http.inject('/metrics')).body.split('\n')
  expect(await scrape()).toEqual(
    expect.arrayContaining([
      '# TYPE desk_webhook_processing_lag_seconds gauge',
      'desk_webhook_processing_lag_seconds 1.5',
      'desk_webhook_waiting_deliveries 3',
      'desk_webhook_last_received_timestamp_seconds 1795424396',
      'desk_drift_open_stake_dollars 123.45',
      'desk_upstream_rate_limited_answers 4',
      'desk_upstream_circuit_state{state="half_open"} 1',
      'desk_upstream_circuit_state{state="closed"} 0',
      'desk_live_delay_seconds 0.0024',
      'desk_database_size_bytes 48000000',
      'desk_table_size_bytes{table="observation"} 12000000',
      'desk_build_info{version="0a1b2c3d4e5f"} 1',
    ]),
  )
  facts = { ...facts, drift: null }
  const after = await scrape()
  expect(after.filter((line) => line.startsWith('desk_drift_open'))).toEqual([])
  await http.close()
})
