import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** A bank line as far as matching asks. */
export const matchableColumns = [
  'id',
  sql<string>`booked_on::text`.as('bookedOn'),
  'amount_minor as amountMinor',
  'matched_minor as matchedMinor',
  'currency',
  'original_currency as originalCurrency',
  'worth_cents as worthCents',
  'charge_minor as chargeMinor',
  sql<string>`concat_ws(' ', reference, counterparty, description)`.as('text'),
] as const

/** Lines that wait to be matched and were not put aside. */
export function openLines(db: Db) {
  return db
    .selectFrom('bank_line')
    .where('set_aside_at', 'is', null)
    .whereRef('matched_minor', '<>', 'amount_minor')
}
