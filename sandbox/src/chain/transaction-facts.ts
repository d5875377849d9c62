import { chainOf } from '../registry/chains.ts'
import { rateE8 } from '../registry/prices.ts'
import type { Token } from '../registry/tokens.ts'

const GAS_PRICE_WEI = 1_000_000_000n
/** Wei in a coin × rate scale (10^8) ÷ the 10^6 fractions of a dollar. */
const FRACTION_DIVISOR = 10n ** 20n

/** What a chain explorer and a risk provider would say of a transaction; it follows from its hash alone. */
export function transactionFacts(hash: string, token: Token, at: number) {
  const dice = Number.parseInt(hash.slice(2, 10), 16)
  const gas = token.assetType === 'native' ? 21_000 : 45_000 + (dice % 20_000)
  const cost = BigInt(gas) * GAS_PRICE_WEI
  const coin = { symbol: chainOf(token).nativeSymbol, type: 'volatile' } as const
  const score = dice % 97 === 0 ? 12 + (dice % 40) : 62 + (dice % 38)
  return {
    cost: {
      txGasUsed: gas,
      txTotalCost: cost.toString(),
      txTotalCostUsdFractions: Number((cost * BigInt(rateE8(coin, at))) / FRACTION_DIVISOR),
      txIsSponsored: false,
    },
    risk: { txRiskScore: score, txRiskSeverity: severity(score), txRiskProvider: 'sandbox' },
  }
}

/** Higher is safer. */
function severity(score: number): string {
  if (score >= 95) return 'NO_RISK'
  if (score >= 75) return 'LOW_RISK'
  if (score >= 50) return 'MEDIUM_RISK'
  if (score >= 25) return 'HIGH_RISK'
  return 'CRITICAL_RISK'
}
