import { sql } from 'kysely'
import type { PaymentFacets } from '@desk/shared/payments/payment-list'
import type { Db } from '../database.ts'

const VALUES_MAX = 100

/**
 * The distinct statuses, types, tokens and networks of the mirror, at most 100 each. Each value costs
 * one step in an index that begins with it, however many payments carry it.
 */
export async function readPaymentFacets(reads: Db): Promise<PaymentFacets> {
  const { rows } = await sql<PaymentFacets>`
    select ${distinctValues('status')} as statuses,
           ${distinctValues('type')} as types,
           ${distinctValues('token_symbol')} as tokens,
           ${distinctValues('network')} as networks
  `.execute(reads)
  const [facets] = rows
  if (!facets) throw new Error('A select without a table gave no row')
  return facets
}

function distinctValues(column: 'status' | 'type' | 'token_symbol' | 'network') {
  const value = sql.ref(column)
  return sql`array(
    with recursive step(value) as (
      (select ${value} from payment where ${value} is not null order by ${value} limit 1)
      union all
      select (select ${value} from payment where ${value} > step.value order by ${value} limit 1)
      from step
      where step.value is not null
    )
    select value from step where value is not null limit ${sql.lit(VALUES_MAX)}
  )`
}
