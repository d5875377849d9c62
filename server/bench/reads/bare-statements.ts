const columns = `id, order_id, type, status, amount_cents, currency, net_cents, token_symbol,
  token_decimals, received_base_units, network, deposit_address, tx_hash, flags, created_at, updated_at`

interface Statement {
  /** Named statements are prepared once a connection. */
  readonly name?: string
  readonly text: string
}

/** What Desk's reads come down to. */
export const statements: ReadonlyMap<string, Statement> = new Map(
  Object.entries({
    list: {
      name: 'list',
      text: `select ${columns} from payment order by created_at desc, id desc limit 100`,
    },
    page: {
      name: 'page',
      text: `select ${columns} from payment where (created_at, id) < ($1, $2)
      order by created_at desc, id desc limit 100`,
    },
    filter: {
      name: 'filter',
      text: `select ${columns} from payment where status = $1 and token_symbol = $2
      order by created_at desc, id desc limit 100`,
    },
    flagged: {
      name: 'flagged',
      text: `select ${columns} from payment where flags <> '{}' and flags && array[$1::text]
      order by created_at desc, id desc limit 100`,
    },
    // Without a name: prepared, its plan turns generic at the sixth run and reads the whole table.
    substring: {
      text: `select ${columns} from payment where search_text like $1
      order by created_at desc, id desc limit 100`,
    },
    id: { name: 'id', text: `select * from payment where id = $1` },
    identifier: {
      name: 'identifier',
      text: `select ${columns} from payment where id = $1 or lower(order_id) = lower($1)
      or tx_hash = $1 or deposit_address = $1 or sender_address = $1 order by created_at desc limit 5`,
    },
    summary: {
      name: 'summary',
      text: `select count(*), sum(amount_cents)
      from (select amount_cents from payment where status = $1 limit 10001) as matched`,
    },
  } satisfies Record<string, Statement>),
)
