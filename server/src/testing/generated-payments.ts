import { type Kysely, sql } from 'kysely'
import type { Database } from '../database-schema.ts'

/**
 * Fills an empty mirror with `rows` payments of a believable shop over thirteen months ending at
 * `until`: made in SQL, the same every time, indexes built afterwards because that is many times faster.
 * Needs the owner.
 */
export async function generatePayments(
  owner: Kysely<Database>,
  { rows, until }: { readonly rows: number; readonly until: string },
): Promise<void> {
  await owner.connection().execute(async (connection) => {
    const indexes = await droppedIndexes(connection)
    await sql`set synchronous_commit = off`.execute(connection)
    await insertPayments(connection, rows, until)
    await sql`set maintenance_work_mem = '768MB'`.execute(connection)
    for (const definition of indexes) await sql.raw(definition).execute(connection)
    await insertHistories(connection)
    for (const table of ['payment', 'payment_state', 'quote', 'receipt', 'observation']) {
      await sql`vacuum analyze ${sql.table(table)}`.execute(connection)
    }
  })
}

/** Of every how many payments quotes, receipt and observations are made too. */
const HISTORY_EVERY = 20

async function droppedIndexes(connection: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename in ('payment', 'payment_state') and indexname not like '%\\_pkey'
  `.execute(connection)
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(connection)
  return rows.map(({ definition }) => definition)
}

async function insertPayments(
  connection: Kysely<Database>,
  rows: number,
  until: string,
): Promise<void> {
  await sql`
    insert into payment (
      id, type, status, amount_cents, currency, net_cents, order_id, deposit_address, token_symbol,
      token_decimals, network, received_base_units, tx_hash, sender_address, flags, search_text,
      created_at, updated_at, api_read_at, observation_id
    )
    select
      id, type, status, cents, 'USD', case when status = 'completed' then cents - cents / 100 end,
      order_id, deposit_address, token, case token when 'ETH' then 18 else 6 end, network,
      case when paid then cents * case token when 'ETH' then 10000000000000000 else 10000 end::numeric end,
      tx_hash, sender, case when luck < 20 then '{underpaid}'::text[] else '{}' end,
      concat_ws(e'\n', id, lower(order_id), deposit_address, tx_hash, sender,
        'customer_id=cust_' || n % greatest(${rows} / 8, 1), 'channel=' || (array['web', 'app', 'pos'])[1 + n % 3]),
      created_at, created_at + interval '9 minutes', created_at + interval '10 minutes', n
    from (
      -- Who never paid mostly never chose a token either.
      select *,
        case when paid or chance % 20 = 0
          then (array['USDC', 'USDC', 'USDC', 'USDC', 'USDT', 'USDT', 'ETH', 'ETH', 'EURC'])[1 + chance % 9] end as token,
        case when paid or chance % 20 = 0
          then (array['eip155:8453', 'eip155:8453', 'eip155:137', 'eip155:137', 'eip155:1', 'eip155:56',
            'eip155:42161', 'eip155:43114', 'eip155:10'])[1 + chance / 9 % 9] end as network,
        case when paid then '0x' || md5('h' || n) || md5('i' || n) end as tx_hash,
        case when paid then '0x' || substr(md5('s' || buyer) || md5('t' || buyer), 1, 40) end as sender
      from (
        select *, status in ('completed', 'failed') as paid
        from (
          select n, luck, chance, n % greatest(${rows} / 5, 1) as buyer,
            md5('p' || n)::uuid::text as id,
            case when n % 33 = 0 then 'deposit' else 'payment' end as type,
            case
              when n > ${rows} - 40 and luck < 500 then 'pending'
              when n > ${rows} - 60 and luck < 600 then 'processing'
              when luck < 780 then 'completed' when luck < 930 then 'expired'
              when luck < 975 then 'failed' else 'cancelled' end as status,
            case when n % 330 = 0 then null else (300 + (chance * chance * 7) % 200000)::bigint end as cents,
            case when luck % 7 = 0 then 'SUB-' || 1000 + n % 5000 || '-' || n else 'ORDER-' || 100000 + n end as order_id,
            '0x' || substr(md5('a' || n) || md5('b' || n), 1, 40) as deposit_address,
            ${until}::timestamptz - interval '395 days' * ((${rows} - n)::double precision / ${rows})
              + interval '1 microsecond' * (luck * 1009) as created_at
          from (
            select n, ('x' || substr(hash, 1, 7))::bit(28)::int % 1000 as luck,
              ('x' || substr(hash, 8, 7))::bit(28)::int % 10007 as chance
            from (select n, md5('l' || n) as hash from generate_series(1, ${rows}::int) as n) as drawn
            -- Fences: folded together, every mention of a column would draw and hash anew.
            offset 0
          ) as rolled
          offset 0
        ) as placed
      ) as settled
      offset 0
    ) as chosen
  `.execute(connection)
}

/** Enough for the detail page of every twentieth payment. */
async function insertHistories(connection: Kysely<Database>): Promise<void> {
  const sample = sql`payment where observation_id % ${sql.lit(HISTORY_EVERY)} = 0`
  await sql`
    insert into quote (payment_id, id, token_symbol, token_decimals, token_is_native, network,
      deposit_address, expected_base_units, rate, amount_due_cents, status, expires_at, created_at)
    select id, 'quote_' || part, coalesce(token_symbol, 'USDC'), token_decimals, coalesce(token_symbol = 'ETH', false), network,
      deposit_address, received_base_units, 1, amount_cents,
      case part when 1 then 'used' else 'expired' end,
      created_at + interval '15 minutes', created_at + interval '1 minute' * part
    from (select * from ${sample}) as sampled, generate_series(1, 2) as part
  `.execute(connection)
  await sql`
    insert into receipt (payment_id, tx_hash, transaction_at, sender_address, token_symbol,
      token_decimals, network, quote_id, received_base_units, confirmations, required_confirmations, completed_at)
    select id, tx_hash, created_at + interval '6 minutes', sender_address, token_symbol, token_decimals,
      network, 'quote_1', received_base_units, 12, 12, created_at + interval '8 minutes'
    from (select * from ${sample}) as sampled where tx_hash is not null
  `.execute(connection)
  await sql`
    insert into observation (payment_id, source, extent, status, amount_cents, occurred_at, learned_at,
      body_sha256, facts_sha256, body)
    select id, case part when 3 then 'api' else 'webhook' end, case part when 3 then 'full' else 'minimal' end,
      case part when 1 then 'pending' else status end, amount_cents,
      created_at + interval '3 minutes' * part, created_at + interval '3 minutes' * part,
      sha256((id || part)::bytea), sha256((id || part)::bytea),
      '{"id":"' || id || '","status":"' || status || '","pad":"' || repeat('x', 1500) || '"}'
    from (select * from ${sample}) as sampled, generate_series(1, 3) as part
  `.execute(connection)
}
