import { chainOf } from '../registry/chains.ts'
import { mainMerchant } from '../registry/merchant.ts'
import type { Origin } from '../state/journal-entry.ts'
import { type Random, seededRandom } from '../state/random.ts'
import type { WithdrawalRecord } from '../withdrawals/withdrawal-record.ts'
import { arrivalTimes } from './arrival-times.ts'

/** One withdrawal for so many payments. */
const PAYMENTS_PER_WITHDRAWAL = 165

const payees = [
  { label: 'warehouse', chainId: 8453, cents: 420_000 },
  { label: 'packaging', chainId: 137, cents: 96_000 },
  { label: 'courier', chainId: 8453, cents: 158_000 },
  { label: 'hosting', chainId: 1, cents: 74_000 },
  { label: 'treasury', chainId: 1, cents: 2_500_000 },
  { label: 'affiliates', chainId: 56, cents: 61_000 },
  { label: 'test payee', chainId: 84532, cents: 12_000 },
] as const

const errors = [
  'The transfer was rejected by the network.',
  'The recipient address is blocked by the risk provider.',
] as const

/** The merchant's past withdrawals, oldest first: a few payees, paid again and again. */
export function generateWithdrawals(origin: Origin): WithdrawalRecord[] {
  const random = seededRandom(`${origin.seed}:withdrawals`)
  const addresses = payees.map(() => `0x${random.hex(40)}`)
  const count = Math.floor(origin.historyCount / PAYMENTS_PER_WITHDRAWAL)
  return arrivalTimes(random, origin.anchor, count).map((createdAt, index) => {
    const payee = random.below(payees.length)
    return generateWithdrawal(
      { random, anchor: origin.anchor, number: index + 1 },
      payees[payee] ?? payees[0],
      { createdAt, address: addresses[payee] ?? '' },
    )
  })
}

function generateWithdrawal(
  making: { readonly random: Random; readonly anchor: number; readonly number: number },
  payee: (typeof payees)[number],
  to: { readonly createdAt: number; readonly address: string },
): WithdrawalRecord {
  const { random, anchor } = making
  const chain = chainOf(payee)
  const status = random.chance(0.035) ? 'failed' : random.chance(0.01) ? 'cancelled' : 'completed'
  const minedAt = to.createdAt + 6_000 + random.below(30_000)
  const confirmedAt = minedAt + chain.requiredConfirmations * chain.blockSeconds * 1_000
  return {
    id: random.uuid(),
    merchantId: mainMerchant.id,
    status,
    amountCents: Math.round((payee.cents * random.between(70, 160)) / 100),
    chainId: payee.chainId,
    recipientAddress: to.address,
    orderId: `PAYOUT-${making.number}`,
    customMetadata: JSON.stringify({ note: payee.label }),
    errorMessage: status === 'failed' ? random.pick(errors) : null,
    createdAt: to.createdAt,
    updatedAt: confirmedAt,
    transaction:
      status === 'completed'
        ? {
            hash: `0x${random.hex(64)}`,
            block: chain.height - Math.ceil((anchor - minedAt) / (chain.blockSeconds * 1_000)),
            minedAt,
            confirmedAt,
          }
        : null,
    sendAt: minedAt,
    willFail: false,
    request: null,
  }
}
