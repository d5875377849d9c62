import { BlockList, isIPv6 } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { SystemFacts } from '@desk/shared/system/system-facts'
import { systemGauges } from './system-metrics.ts'

export interface Readiness {
  /** What is not ready, in words; empty when all is. */
  faults(): Promise<readonly string[]>
}

/**
 * `/healthz` (this process), `/readyz` (what it stands on) and `/metrics` (Prometheus), the last one for
 * whoever asks from a private network without a proxy in between: how much a shop sells is its own affair.
 */
export function operationsRoutes(
  http: FastifyInstance,
  readiness: Readiness,
  system: { facts(): Promise<SystemFacts> },
): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'desk_http_request_duration_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const gauges = systemGauges(registry)
  http.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'page'
    durations
      .labels(request.method, route, String(reply.statusCode))
      .observe(reply.elapsedTime / 1000)
  })
  http.get('/healthz', async () => ({ ok: true }))
  http.get('/readyz', async (_request, reply) => {
    const faults = await readiness.faults()
    return reply.status(faults.length > 0 ? 503 : 200).send({ ok: faults.length === 0, faults })
  })
  http.get('/metrics', async (request, reply) => {
    if (!isFromInside(request)) {
      return reply.status(404).send({ message: 'Not found.', requestId: request.id })
    }
    gauges.set(await system.facts())
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** By the connection itself, whatever a trusted proxy says: what was passed on may come from anywhere. */
function isFromInside({ headers, socket }: FastifyRequest): boolean {
  const address = socket.remoteAddress ?? ''
  const isDirect = forwardingHeaders.every((name) => headers[name] === undefined)
  return isDirect && privateNetworks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** IPv4 addresses that arrive in their IPv6 form are found by their IPv4 range. */
const privateNetworks = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv6')
}
