import type { Db } from '../database.ts'

export interface ToldArrival {
  readonly day: string
  readonly arrivedCents: number
  readonly chargeCents: number
  readonly bookedOn: string
}

/** A statement of one account in dollars whose every line is matched with one business day. */
export async function tellArrivals(db: Db, told: readonly ToldArrival[]): Promise<void> {
  const at = new Date('2026-11-20T12:00:00Z')
  await db
    .insertInto('person')
    .values({ id: 'u_bank', name: 'Bank', email: 'bank@shop.example', created_at: at })
    .execute()
  await db
    .insertInto('bank_account')
    .values({
      id: 'account',
      name: 'Main account',
      identifier: 'GB33BUKB20201555555555',
      currency: 'USD',
      created_by: 'u_bank',
      created_at: at,
    })
    .execute()
  const days = told.map(({ bookedOn }) => bookedOn).toSorted((a, b) => (a < b ? -1 : 1))
  await db
    .insertInto('bank_statement')
    .values({
      id: 'statement',
      account_id: 'account',
      file_name: 'november.csv',
      sha256: Buffer.alloc(32),
      bytes: 1,
      format: 'csv',
      period_from: days[0] ?? null,
      period_to: days.at(-1) ?? null,
      imported_by: 'u_bank',
      imported_at: at,
      lines: told.length,
      duplicates: 0,
      errors: 0,
      row_errors: '[]',
    })
    .execute()
  for (const [index, arrival] of told.entries()) await tellArrival(db, arrival, index)
}

async function tellArrival(db: Db, arrival: ToldArrival, index: number): Promise<void> {
  const { id: lineId } = await db
    .insertInto('bank_line')
    .values({
      account_id: 'account',
      statement_id: 'statement',
      row_number: index + 2,
      booked_on: arrival.bookedOn,
      amount_minor: arrival.arrivedCents,
      currency: 'USD',
      reference: `SPACEPAY ${arrival.day}`,
      counterparty: 'SpacePay',
      description: '',
      text: `${arrival.bookedOn};${arrival.arrivedCents}`,
      charge_minor: arrival.chargeCents,
      worth_cents: arrival.arrivedCents,
      duplicate_key: Buffer.from(`${index}`),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: matchId } = await db
    .insertInto('settlement_match')
    .values({
      rule: 'reference',
      score: 100,
      reason: 'The reference names the day.',
      made_at: new Date('2026-11-20T12:00:00Z'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('settlement_match_line')
    .values({ match_id: matchId, line_id: lineId, amount_minor: arrival.arrivedCents })
    .execute()
  await db
    .insertInto('settlement_match_day')
    .values({
      match_id: matchId,
      day: arrival.day,
      arrived_cents: arrival.arrivedCents,
      charge_cents: arrival.chargeCents,
      exchanged_cents: 0,
      booked_on: arrival.bookedOn,
    })
    .execute()
}
