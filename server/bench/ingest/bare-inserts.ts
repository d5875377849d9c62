import pg from 'pg'
import type { Db } from '../../src/database.ts'
import { sql } from 'kysely'
import { headersOf, sha256, type SignedEvent, signedEvent } from './signed-events.ts'

/** A table with the columns and indexes of the real one, which no worker looks into. */
export async function makeBareTable(owner: Db): Promise<void> {
  await sql`drop table if exists bench_delivery`.execute(owner)
  await sql`create table bench_delivery (like webhook_delivery including all)`.execute(owner)
  await sql`grant insert on bench_delivery to desk_app`.execute(owner)
}

const insert = {
  name: 'insert',
  text: `insert into bench_delivery (event_id, delivery_id, endpoint_id, timestamp_header, sent_at,
    received_at, signature_header, headers, body, body_sha256, signed_sha256, secret_id,
    remote_address, event_type, payment_id, status, verdict)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'valid')`,
}

/**
 * What the disk gives: each connection commits one prepared insert of the same row after the other, as pgbench
 * does. Resolves to the milliseconds that each commit took.
 */
export async function insertBare(
  connectionString: string,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<readonly number[]> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString }))
  await Promise.all(clients.map((client) => client.connect()))
  const until = performance.now() + seconds * 1_000
  const times = await Promise.all(clients.map((client) => insertUntil(client, until)))
  await Promise.all(clients.map((client) => client.end()))
  return times.flat()
}

async function insertUntil(client: pg.Client, until: number): Promise<number[]> {
  const times: number[] = []
  while (performance.now() < until) {
    const event = signedEvent()
    const start = performance.now()
    await client.query({ ...insert, values: rowOf(event) })
    times.push(performance.now() - start)
  }
  return times
}

function rowOf(event: SignedEvent): unknown[] {
  const { eventId, body, timestamp, signature } = event
  const at = new Date()
  return [
    eventId,
    eventId,
    'bench-endpoint',
    timestamp,
    at,
    at,
    signature,
    JSON.stringify(headersOf(event)),
    Buffer.from(body),
    sha256(body),
    sha256(timestamp, '.', body),
    'secret',
    '127.0.0.1',
    'payment.updated',
    'bench',
    'pending',
  ]
}
