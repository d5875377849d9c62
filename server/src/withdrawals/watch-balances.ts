import { sql } from 'kysely'
import { type AmountCents, isAmountCents } from '@desk/shared/money/amount-cents'
import type { Db } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { type BackgroundLoop, startLoop } from '../kernel/background-loop.ts'

const readEveryMs = 5 * 60_000
/** Of several Desks the first to come reads; the others find it fresh. */
const freshMs = 4 * 60_000

export interface BalanceWatch {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'walletBalances'>
  readonly now: () => Date
  readonly log: { error(facts: object, message: string): void }
}

/** Keeps what the payout wallet holds known, so that a low balance is told before somebody runs into it. */
export function startWatchingBalances(watch: BalanceWatch): BackgroundLoop {
  return startLoop({
    name: 'wallet balances',
    intervalMs: readEveryMs,
    log: watch.log,
    round: async () => {
      const newest = await newestReading(watch.db)
      if (newest === null || watch.now().getTime() - newest.getTime() >= freshMs) {
        await tryToLearn(watch)
      }
      return false
    },
  })
}

/** A failure is tried again at the next interval, not sooner: nothing depends on it. */
async function tryToLearn(watch: BalanceWatch): Promise<void> {
  try {
    await learnBalances(watch)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    watch.log.error({ err: error }, 'The balances of the wallet could not be read')
  }
}

async function newestReading(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('wallet_balance')
    .select((eb) => eb.fn.max('read_at').as('at'))
    .executeTakeFirst()
  return row?.at ?? null
}

/** Reads the balances now and keeps them; what SpacePay no longer names goes. Throws what the gateway throws. */
export async function learnBalances({
  db,
  gateway,
  now,
}: Omit<BalanceWatch, 'log'>): Promise<void> {
  const at = now()
  const read = await gateway.walletBalances()
  // An older host has no such route: then nothing is known, which is not zero.
  const balances = read?.value ?? []
  const known = new Map(
    balances.flatMap(({ network, token, baseUnits }) => {
      if (network === null) return []
      const row = {
        network,
        token_symbol: token.symbol,
        token_decimals: token.decimals,
        base_units: baseUnits,
        cents: dollarCents(token, baseUnits),
        read_at: at,
      }
      return [[`${network} ${token.symbol}`, row] as const]
    }),
  )
  const rows = [...known.values()]
  await db.transaction().execute(async (trx) => {
    if (rows.length > 0) {
      await trx
        .insertInto('wallet_balance')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['network', 'token_symbol']).doUpdateSet((eb) => ({
            token_decimals: eb.ref('excluded.token_decimals'),
            base_units: eb.ref('excluded.base_units'),
            cents: eb.ref('excluded.cents'),
            read_at: eb.ref('excluded.read_at'),
          })),
        )
        .execute()
    }
    await sql`delete from wallet_balance where read_at < ${at}`.execute(trx)
  })
}

/** Tokens that stand for a dollar. */
const dollars: ReadonlySet<string> = new Set(['USDC', 'USDT', 'DAI', 'PYUSD', 'USDS', 'FDUSD'])

/** Whether one of the token is a dollar. */
export function isDollar(symbol: string): boolean {
  return dollars.has(symbol.toUpperCase())
}

/** Rounded down; null where it is not known, or no dollar. */
export function dollarCents(
  token: { readonly symbol: string; readonly decimals: number | null },
  baseUnits: string | null,
): AmountCents | null {
  if (baseUnits === null || token.decimals === null) return null
  if (!isDollar(token.symbol)) return null
  const cents = Number((BigInt(baseUnits) * 100n) / 10n ** BigInt(token.decimals))
  return isAmountCents(cents) ? cents : null
}
