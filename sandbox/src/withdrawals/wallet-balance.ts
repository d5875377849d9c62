import { feesOf } from '../payments/fees.ts'
import { leadingQuote } from '../payments/payment-record.ts'
import { expectedAmount, unitText } from '../payments/quote-amount.ts'
import { chainsOf, isEvm } from '../registry/chains.ts'
import { mainMerchant, type Merchant } from '../registry/merchant.ts'
import { rateE8 } from '../registry/prices.ts'
import { chainIdJson } from '../registry/serialise-registry.ts'
import { tokenOf, withdrawalTokenOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'

/** What the main merchant's payout wallet held on each chain when the history ended, in cents. */
const openingCents: Readonly<Record<number, number>> = {
  84532: 12_550_000,
  11155111: 4_218_075,
  1: 38_640_210,
  137: 9_120_433,
  56: 6_077_900,
  8453: 21_305_650,
  43114: 1_498_025,
}

/** Cents a withdrawal on this chain may still take: opening money, plus what came in since, minus what was asked for. */
export function availableCents(
  world: World,
  wallet: { readonly merchantId: string; readonly chainId: number },
): number {
  const { merchantId, chainId } = wallet
  let cents = merchantId === mainMerchant.id ? (openingCents[chainId] ?? 0) : 0
  const { anchor } = world.origin()
  const payments = world.payments.all()
  for (let index = payments.length - 1; index >= 0; index -= 1) {
    const payment = payments[index]
    if (!payment || payment.createdAt < anchor) break
    if (payment.merchantId !== merchantId) continue
    const quote = leadingQuote(payment)
    if (payment.status !== 'completed' || !quote || tokenOf(quote).chainId !== chainId) continue
    cents += feesOf(payment).amountMerchantNetCents
  }
  for (const withdrawal of world.withdrawals.all()) {
    const isOurs =
      withdrawal.request !== null &&
      withdrawal.chainId === chainId &&
      withdrawal.merchantId === merchantId
    if (!isOurs || withdrawal.status === 'failed' || withdrawal.status === 'cancelled') continue
    cents -= withdrawal.amountCents
  }
  return cents
}

/** Every chain's balance in its withdrawal token, as the API shows it. */
export function balancesJson(world: World, merchant: Merchant) {
  const now = world.clock.now()
  const { profile } = world.settings
  return {
    balances: chainsOf(profile)
      .filter(isEvm)
      .map((chain) => {
        const token = withdrawalTokenOf(chain.chainId)
        const amount = expectedAmount(
          availableCents(world, { merchantId: merchant.id, chainId: chain.chainId }),
          {
            rateE8: rateE8(token, now),
            decimals: token.decimals,
          },
        )
        return {
          chainId: chainIdJson(chain, profile),
          token: { id: token.id, symbol: token.symbol, decimals: token.decimals },
          amountRaw: amount.toString(),
          amountFormatted: unitText(amount, token.decimals),
        }
      }),
  }
}
