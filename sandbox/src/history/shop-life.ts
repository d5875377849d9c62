import type { PaymentRecord } from '../payments/payment-record.ts'
import { tokens } from '../registry/tokens.ts'
import type { Random } from '../state/random.ts'

/** Running numbers of one shop. */
export interface OrderNumbers {
  order: number
  invoice: number
}

/** How often each network is chosen, of 100. */
const networkShares = [
  [84532, 34],
  [11155111, 8],
  [8453, 20],
  [137, 13],
  [1, 11],
  [56, 9],
  [43114, 5],
] as const
/** How often each coin is chosen on a network that has it. */
const symbolShares = { USDC: 56, USDT: 26, ETH: 18, BNB: 22, POL: 14, AVAX: 20 } as const

const pools = networkShares.map(([chainId, share]) => ({
  share,
  tokens: tokens
    .filter((token) => token.chainId === chainId)
    .map((token) => ({
      id: token.id,
      share: Object.entries(symbolShares).find(([symbol]) => symbol === token.symbol)?.[1] ?? 1,
    })),
}))

/** A token as payers choose them: mostly stablecoins, mostly on cheap networks. */
export function chooseTokenId(random: Random): string {
  const pool = weighted(random, pools)
  return weighted(random, pool.tokens).id
}

function weighted<T extends { readonly share: number }>(random: Random, choices: readonly T[]): T {
  let ticket = random.fraction() * choices.reduce((sum, choice) => sum + choice.share, 0)
  for (const choice of choices) {
    ticket -= choice.share
    if (ticket < 0) return choice
  }
  throw new Error('Nothing to choose from.')
}

/** Cents; most baskets between 15 and 150 dollars, some large, many ending in .99. */
export function basketCents(random: Random): number {
  const dollars = Math.exp(3.9 + 0.95 * random.gaussian())
  const cents = Math.min(Math.max(Math.round(dollars * 100), 400), 2_500_000)
  return random.chance(0.45) ? Math.floor(cents / 100) * 100 + 99 : cents
}

/** An order id as a shop numbers them: mostly rising orders, some subscriptions and invoices. */
export function nextOrderId(random: Random, numbers: OrderNumbers, at: number): string {
  const dice = random.fraction()
  const when = new Date(at)
  if (dice < 0.16) return `SUB-${2_001 + random.below(420)}-${when.getUTCMonth() + 1}`
  if (dice < 0.2) {
    numbers.invoice += 1
    return `INV-${when.getUTCFullYear()}-${String(numbers.invoice).padStart(5, '0')}`
  }
  numbers.order += 1
  return `ORDER-${numbers.order}`
}

const channels = ['web', 'web', 'web', 'ios', 'android', 'telegram', 'pos'] as const
const notes = [
  'Größe M, bitte ohne Rechnung',
  'Livraison à Besançon avant midi',
  '配送先: 東京都渋谷区',
  'Подарок, упаковать 🎁',
  'Kısa kargo notu: İzmir',
  'Ship to José at the front desk',
] as const

/** Metadata that tries to be more than text; whoever shows it must not let it. */
const hostile: readonly string[] = [
  JSON.stringify({ customer_id: 'cus_00f1', note: '<script>alert("metadata")</script>' }),
  JSON.stringify({ customer_id: 'cus_00f2', note: '"><img src=x onerror=alert(1)>' }),
  JSON.stringify({
    customer_id: 'cus_00f3',
    note: '\u202Etxt.tekcit\u202C \u0645\u0631\u062D\u0628\u0627',
  }),
  JSON.stringify({ customer_id: 'cus_00f4', note: 'x'.repeat(1_990) }),
  JSON.stringify({ customer_id: 'cus_00f5', note: '=HYPERLINK("http://evil.example","click")' }),
  JSON.stringify({ customer_id: "cus_00f6'; DROP TABLE payment; --", cart_id: '${7*7}{{7*7}}' }),
  '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}},"customer_id":"cus_00f7"}',
  `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`,
  'not JSON at all \u0000 with a NUL',
]
const HOSTILE_EVERY = 1_999
const HOSTILE_FIRST = 7

/** What a shop attaches to a payment, as JSON text; null when it attached nothing. */
export function metadataFor(
  random: Random,
  index: number,
): Pick<PaymentRecord, 'customMetadata'>['customMetadata'] {
  if (index % HOSTILE_EVERY === HOSTILE_FIRST) {
    return hostile[Math.floor(index / HOSTILE_EVERY) % hostile.length] ?? null
  }
  if (random.chance(0.14)) return null
  return JSON.stringify({
    customer_id: `cus_${(10_000 + random.below(5_400)).toString(16)}`,
    cart_id: `c-${random.hex(6)}`,
    channel: random.pick(channels),
    ...(random.chance(0.05) && { note: random.pick(notes) }),
    ...(random.chance(0.08) && { coupon: random.pick(['SPRING26', 'WELCOME10', 'VIP']) }),
  })
}
