import { createGateway, type Gateway, type GatewayOptions } from '../gateway.ts'
import { memoryRateBudget } from '../rate-budget.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface TestGateway extends Gateway, AsyncDisposable {
  /** Everything the gateway logged. */
  readonly logged: { readonly facts: object; readonly message: string }[]
}

/** A gateway to `baseUrl` on virtual time, with a budget that is in nobody's way. */
export function testGateway(
  baseUrl: string,
  time: VirtualTime,
  options: Partial<GatewayOptions> = {},
): TestGateway {
  const logged: TestGateway['logged'] = []
  const gateway = createGateway({
    baseUrl,
    secretKey: 'sk_test_faults',
    budget: memoryRateBudget({ perSecond: 1_000, burst: 1_000 }, time),
    log: { warn: (facts, message) => logged.push({ facts, message }) },
    now: time.now,
    sleep: time.sleep,
    random: () => 0.5,
    ...options,
  })
  return { ...gateway, logged, [Symbol.asyncDispose]: () => gateway.close() }
}
