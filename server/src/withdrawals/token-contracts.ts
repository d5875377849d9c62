import type { Db } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { type BackgroundLoop, startLoop } from '../kernel/background-loop.ts'

const readEveryMs = 60 * 60_000
const pageLimit = 500
/** A registry that never ends is a fault of its own. */
const PAGES_MAX = 50

export interface TokenWatch {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'listTokens'>
  readonly now: () => Date
  readonly log: { error(facts: object, message: string): void }
}

/** Keeps known which addresses are tokens: what is sent to a token's own contract is lost. At once, and hourly. */
export function startLearningTokens(watch: TokenWatch): BackgroundLoop {
  return startLoop({
    name: 'token contracts',
    intervalMs: readEveryMs,
    log: watch.log,
    round: async () => {
      try {
        await learnTokenContracts(watch)
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error
        watch.log.error({ err: error }, 'The registry of tokens could not be read')
      }
      return false
    },
  })
}

/** Reads the whole registry and adds its contracts; none is ever forgotten. Throws what the gateway throws. */
export async function learnTokenContracts({
  db,
  gateway,
  now,
}: Omit<TokenWatch, 'log'>): Promise<void> {
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { rows, rejected } = await gateway.listTokens({
      limit: pageLimit,
      offset: page * pageLimit,
    })
    const contracts = new Map(
      rows.flatMap(({ value: { network, contractAddress, symbol, isNative } }) =>
        network === null || contractAddress === null || isNative
          ? []
          : [
              [
                `${network} ${contractAddress}`,
                { network, address: contractAddress, symbol, seen_at: now() },
              ] as const,
            ],
      ),
    )
    if (contracts.size > 0) {
      await db
        .insertInto('token_contract')
        .values([...contracts.values()])
        .onConflict((conflict) =>
          conflict.columns(['network', 'address']).doUpdateSet((eb) => ({
            symbol: eb.ref('excluded.symbol'),
            seen_at: eb.ref('excluded.seen_at'),
          })),
        )
        .execute()
    }
    if (rows.length + rejected.length < pageLimit) return
  }
}
