import { chartStatements } from '../charts/bare-charts.ts'

const columns = `id, order_id, type, status, amount_cents, currency, net_cents, token_symbol,
  token_decimals, received_base_units, network, deposit_address, tx_hash, flags, created_at, updated_at`

interface Statement {
  /** Named statements are prepared once a connection. */
  readonly name?: string
  readonly text: string
}

const newest = 'created_at desc, id desc'
const identified = `id = $1 or lower(order_id) = lower($1) or tx_hash = $1 or deposit_address = $1
  or sender_address = $1`
const openItems = `select payment_id from attention_item where state = 'open'`

/** By name: prepared, and safe with the generic plan that Postgres takes from the sixth run on. */
const prepared = {
  list: page('true'),
  page: page('(created_at, id) < ($1, $2)'),
  'by amount': page('amount_cents is not null', 'amount_cents desc nulls last, id desc'),
  status: page('status = $1'),
  type: page('type = $1'),
  token: page('token_symbol = $1'),
  network: page('network = $1'),
  days: page('created_at >= $1 and created_at < $2'),
  'not this status': page('(status = $1) is not true'),
  flagged: page(`flags <> '{}' and flags && array[$1::text]`),
  id: 'select * from payment where id = $1',
  identifier: `select ${columns} from payment where ${identified} order by created_at desc limit 5`,
  facets: ['status', 'type', 'token_symbol', 'network'].map(distinct).join(' union all '),
}

/**
 * Planned for the values of each run. Prepared by name, the plan of a substring turns generic at the sixth
 * run and reads the whole table.
 */
const planned = {
  'status and token': page('status = $1 and token_symbol = $2'),
  amounts: page('amount_cents between $1 and $2'),
  judged: page(`id in (${openItems} and kind = $1)`),
  assigned: page(`id in (${openItems} and assignee_id = (select id from person where email = $1))`),
  tagged: page('id in (select payment_id from payment_tag where tag = $1)'),
  noted: page('exists (select from payment_note where payment_note.payment_id = payment.id)'),
  substring: page('search_text like $1'),
  'two substrings': page('search_text like $1 and search_text like $2'),
  beginning: page('lower(order_id) like $1 or id = $2'),
  'order beginning': page('lower(order_id) like $1'),
  'hash beginning': page('search_text like $1 and tx_hash like $2'),
  'address beginning': page('search_text like $1 and deposit_address like $2'),
  carriers: page(identified),
  ...chartStatements,
  'sum of all': sum('true'),
  'sum of a status': sum('status = $1'),
  'sum of few': sum('status = $1 and token_symbol = $2 and created_at >= $3 and created_at < $4'),
  'sum of substring': sum('search_text like $1'),
}

/** What Desk's reads come down to. */
export const statements: ReadonlyMap<string, Statement> = new Map<string, Statement>([
  ...Object.entries(prepared).map(([name, text]) => [name, { name, text }] as const),
  ...Object.entries(planned).map(([name, text]) => [name, { text }] as const),
])

function page(where: string, order = newest): string {
  return `select ${columns} from payment where ${where} order by ${order} limit 100`
}

function sum(where: string): string {
  return `select count(*), sum(amount_cents)
    from (select amount_cents from payment where ${where} limit 10001) as matched`
}

function distinct(column: string): string {
  return `(with recursive step(value) as (
      (select ${column} from payment where ${column} is not null order by 1 limit 1)
      union all
      select (select ${column} from payment where ${column} > value order by 1 limit 1)
      from step where value is not null
    ) select '${column}' as name, value from step where value is not null)`
}
