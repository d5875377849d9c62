import { isAmountCents } from '@desk/shared/money/amount-cents'
import type { NetworkBalance, WalletBalances } from '@desk/shared/withdrawals/policy-view'
import type { Db } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import { readActivePolicy } from './active-policy.queries.ts'
import { type BalanceWatch, isDollar, learnBalances } from './watch-balances.ts'

/** All Desks share what one of them read that shortly ago. */
const freshMs = 30_000
/** A person waits no longer than this for newer ones; they arrive for the next to look. */
const patienceMs = 4_000

/**
 * What the payout wallet holds on each network, with the instant at which it was read: read again where that
 * was a while ago, and as it was then where SpacePay does not answer.
 */
export function createBalanceReader(watch: BalanceWatch): () => Promise<WalletBalances> {
  let learning: Promise<string | null> | null = null
  const learn = () => {
    learning ??= tryToLearn(watch).finally(() => {
      learning = null
    })
    return learning
  }
  return async () => {
    const readAt = await newestReading(watch.db)
    const isFresh = readAt !== null && watch.now().getTime() - readAt.getTime() < freshMs
    const problem = isFresh ? null : await Promise.race([learn(), impatience(patienceMs)])
    return readBalances(watch.db, problem)
  }
}

/** Null once it is done, or why it failed in words. */
async function tryToLearn(watch: BalanceWatch): Promise<string | null> {
  try {
    await learnBalances(watch)
    return null
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    watch.log.error({ err: error }, 'The balances of the wallet could not be read')
    return 'SpacePay could not be asked for the balances just now.'
  }
}

async function impatience(milliseconds: number): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
  return 'SpacePay takes long to tell the balances.'
}

async function newestReading(db: Db): Promise<Date | null> {
  const { at } = await db
    .selectFrom('wallet_balance')
    .select((eb) => eb.fn.max('read_at').as('at'))
    .executeTakeFirstOrThrow()
  return at
}

/** What the wallet holds on one network, as it was read last; null where nothing is known of it. */
export async function readNetworkBalance(
  db: Db,
  network: string,
): Promise<(NetworkBalance & { readonly readAt: string }) | null> {
  const { networks, readAt } = await readBalances(db, null)
  const found = networks.find((one) => one.network === network)
  return found && readAt !== null ? { ...found, readAt } : null
}

async function readBalances(db: Db, problem: string | null): Promise<WalletBalances> {
  const { lowBalanceCents } = await readActivePolicy(db)
  const rows = await db
    .selectFrom('wallet_balance')
    .select(['network', 'token_symbol', 'token_decimals', 'base_units', 'cents', 'read_at'])
    .orderBy('network')
    .orderBy('cents', (by) => by.desc().nullsLast())
    .orderBy('token_symbol')
    .execute()
  const networks = Map.groupBy(rows, ({ network }) => network)
  const newest = Math.max(...rows.map(({ read_at: at }) => at.getTime()))
  return {
    networks: [...networks].map(([network, held]) => balanceOf(network, { held, lowBalanceCents })),
    readAt: rows.length === 0 ? null : new Date(newest).toISOString(),
    problem,
  }
}

interface HeldToken {
  readonly token_symbol: string
  readonly token_decimals: number | null
  readonly base_units: string | null
  readonly cents: number | null
}

function balanceOf(
  network: string,
  {
    held,
    lowBalanceCents,
  }: { readonly held: readonly HeldToken[]; readonly lowBalanceCents: number | null },
): NetworkBalance {
  const dollars = held.filter(({ token_symbol: symbol }) => isDollar(symbol))
  const known = dollars.flatMap(({ cents }) => cents ?? [])
  const sum = known.reduce((total, cents) => total + cents, 0)
  const isKnown = known.length > 0 && known.length === dollars.length
  return {
    network,
    tokens: held.map((row) => ({
      symbol: row.token_symbol,
      decimals: row.token_decimals,
      baseUnits: row.base_units,
      cents: row.cents !== null && isAmountCents(row.cents) ? row.cents : null,
    })),
    cents: isKnown && isAmountCents(sum) ? sum : null,
    isLow: isLow({ sum, isKnown, lowBalanceCents }),
  }
}

/** What is known can be enough although not everything is. */
function isLow(of: {
  readonly sum: number
  readonly isKnown: boolean
  readonly lowBalanceCents: number | null
}): boolean | null {
  if (of.lowBalanceCents === null) return null
  if (of.sum >= of.lowBalanceCents) return false
  return of.isKnown ? true : null
}
