import { type Random, seededRandom } from '../state/random.ts'
import type { Payout } from './payouts.ts'

/** One booking of the merchant's bank. What left the account is below zero. */
export interface Booking {
  readonly bookedOn: string
  readonly cents: number
  readonly reference: string
  readonly name: string
  /** What the bank says it kept. */
  readonly feeCents: number | null
  /** What was sent, where the bank exchanged it. */
  readonly euroCents: number | null
}

/** What is wrong on purpose, for whoever reconciles: so much of these days' money, and why. */
export interface Discrepancy {
  readonly kind: 'timing' | 'fee' | 'fx' | 'excess' | 'missing'
  readonly days: readonly string[]
  /** Expected less arrived. */
  readonly cents: number
}

export interface Statement {
  readonly bookings: readonly Booking[]
  readonly discrepancies: readonly Discrepancy[]
  /** References of bookings that are SpacePay's and no day's. */
  readonly strays: readonly string[]
}

export interface StatementWish {
  readonly from: string
  readonly to: string
  readonly faults: number
  readonly seed: string
}

/** Below it nobody would notice a difference. */
const worthwhileCents = 5_000

/**
 * What the bank books from one day to another: SpacePay's payouts, whose references name their days, and what
 * else happens on such an account. As many payouts as are asked for are short or over, each for one reason or two.
 */
export function makeStatement(payouts: readonly Payout[], wish: StatementWish): Statement {
  const random = seededRandom(`bank ${wish.seed} ${wish.from} ${wish.to}`)
  const booked = payouts.filter(({ bookedOn }) => bookedOn >= wish.from && bookedOn <= wish.to)
  const waiting = payouts.filter(
    ({ bookedOn, days }) => bookedOn > wish.to && days.some((day) => day <= wish.to),
  )
  const timing = waiting.map(({ days, cents }) => ({ kind: 'timing', days, cents }) as const)
  const troubles = dealt(
    booked,
    Math.max(wish.faults - (wish.faults > 0 ? timing.length : 0), 0),
    random,
  )
  const told = booked.map((payout) => bookPayout(payout, troubles.get(payout) ?? {}, random))
  const stray = `SPACEPAY BONUS ${random.between(1_000, 9_999)}`
  const bookings = [
    ...told.flatMap((each) => each.bookings),
    ...everydayBookings(wish, random),
    ...(wish.faults > 0
      ? [plain({ bookedOn: wish.to, cents: 1_234, reference: stray, name: 'SpacePay Ltd' })]
      : []),
  ]
  return {
    bookings: bookings.toSorted((a, b) =>
      a.bookedOn < b.bookedOn ? -1 : Number(a.bookedOn > b.bookedOn),
    ),
    discrepancies: [...told.flatMap((each) => each.discrepancies), ...timing],
    strays: wish.faults > 0 ? [stray] : [],
  }
}

interface Trouble {
  readonly fee?: 'stated' | 'booked'
  readonly rest?: 'fx' | 'missing' | 'lost' | 'excess' | 'twice'
}

const fees = ['stated', 'booked'] as const
const rests = ['fx', 'missing', 'excess', 'fx', 'lost', 'excess', 'missing', 'twice'] as const

/** Deals so many troubles out over the payouts, none of them twice the same way to one. */
function dealt(
  payouts: readonly Payout[],
  count: number,
  random: Random,
): ReadonlyMap<Payout, Trouble> {
  const worthwhile = payouts.filter(({ cents }) => cents >= worthwhileCents)
  const slots = worthwhile
    .flatMap((payout) => [
      { payout, isFee: true, order: random.fraction() },
      { payout, isFee: false, order: random.fraction() },
    ])
    .toSorted((a, b) => a.order - b.order)
    .slice(0, count)
  const troubles = new Map<Payout, Trouble>()
  for (const [index, { payout, isFee }] of slots.entries()) {
    const known = troubles.get(payout) ?? {}
    const more: Trouble = isFee
      ? { fee: fees[index % fees.length] ?? 'stated' }
      : { rest: rests[index % rests.length] ?? 'fx' }
    troubles.set(payout, { ...known, ...more })
  }
  // What never came had no fee taken from it; the fee is then moved to its day by itself.
  for (const [payout, { fee, rest }] of troubles) {
    if (rest === 'lost' && fee) troubles.set(payout, { fee, rest: 'missing' })
  }
  return troubles
}

function bookPayout(
  payout: Payout,
  { fee, rest }: Trouble,
  random: Random,
): Pick<Statement, 'bookings' | 'discrepancies'> {
  const { days, bookedOn } = payout
  if (rest === 'lost') {
    return { bookings: [], discrepancies: [{ kind: 'missing', days, cents: payout.cents }] }
  }
  const named = [days[0], days.at(-1)].map((day = bookedOn) => day.replaceAll('-', ''))
  const reference = `SPACEPAY PAYOUT ${named[0] === named[1] ? named[0] : named.join('-')}`
  const feeCents = fee ? random.between(50, 1_500) : 0
  const part = Math.max(1, Math.floor((payout.cents * random.between(20, 120)) / 10_000))
  const off = {
    fx: part,
    missing: random.between(600, 1_200),
    excess: -random.between(600, 1_200),
    twice: 0,
  }
  const short = rest ? off[rest] : 0
  const cents = payout.cents - short - (fee === 'stated' ? feeCents : 0)
  // A payout that is right may lack its reference: its amount says whose it is.
  const isBare = !fee && !rest && random.chance(0.2)
  const credit: Booking = {
    bookedOn,
    cents,
    reference: isBare ? 'SPACEPAY' : reference,
    name: 'SpacePay Ltd',
    feeCents: fee === 'stated' ? feeCents : null,
    euroCents: rest === 'fx' ? Math.round(payout.cents * 0.92) : null,
  }
  const feeLine = plain({ bookedOn, cents: -feeCents, reference: `${reference} FEE`, name: 'Bank' })
  const bookings = [
    credit,
    ...(rest === 'twice' ? [credit] : []),
    ...(fee === 'booked' ? [feeLine] : []),
  ]
  const isTwice = rest === 'twice'
  const statedTwice = isTwice && fee === 'stated' ? feeCents : 0
  return {
    bookings,
    discrepancies: [
      ...(fee ? [{ kind: 'fee', days, cents: feeCents + statedTwice } as const] : []),
      ...(isTwice ? [{ kind: 'excess', days, cents: -payout.cents } as const] : []),
      ...(rest === 'fx' ? [{ kind: 'fx', days, cents: short } as const] : []),
      ...(rest === 'missing' ? [{ kind: 'missing', days, cents: short } as const] : []),
      ...(rest === 'excess' ? [{ kind: 'excess', days, cents: short } as const] : []),
    ],
  }
}

/** Rent, wages and what customers pay otherwise: none of it SpacePay's. */
function everydayBookings({ from, to }: StatementWish, random: Random): readonly Booking[] {
  const bookings: Booking[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    const date = new Date(at)
    const bookedOn = date.toISOString().slice(0, 10)
    if (date.getUTCDate() === 1) {
      bookings.push(
        plain({ bookedOn, cents: -240_000, reference: 'Rent', name: 'Harbour Estates' }),
      )
    }
    if (random.chance(0.3)) {
      const cents = random.between(40_001, 999_999) * 7 + 3
      bookings.push(plain({ bookedOn, cents, reference: 'Card takings', name: 'Acquirer' }))
    }
  }
  return bookings
}

function plain(told: Pick<Booking, 'bookedOn' | 'cents' | 'reference' | 'name'>): Booking {
  return { ...told, feeCents: null, euroCents: null }
}
