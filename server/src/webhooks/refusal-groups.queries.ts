import { sql } from 'kysely'
import type { RefusalGroup } from '@desk/shared/webhooks/delivery-list'
import type { WebhookVerdict } from '@desk/shared/webhooks/webhook-delivery'
import type { Db } from '../database.ts'

const GROUPS_MAX = 20

/** Why deliveries were refused, the commonest first. The quarantine is small by its own limits. */
export async function readRefusalGroups(reads: Db): Promise<readonly RefusalGroup[]> {
  const { rows } = await sql<{
    verdict: WebhookVerdict
    reason: string
    count: number
    first_at: Date
    last_at: Date
    examples: number[]
    addresses: string[] | null
  }>`
    select verdict, regexp_replace(reason, '[0-9]+', '…', 'g') as reason,
      count(*)::integer as count, min(received_at) as first_at, max(received_at) as last_at,
      (array_agg(id order by received_at desc, id desc))[1:3] as examples,
      (array_agg(distinct remote_address) filter (where remote_address is not null))[1:3] as addresses
    from webhook_quarantine
    group by 1, 2
    order by count desc, last_at desc
    limit ${GROUPS_MAX}`.execute(reads)
  return rows.map((row) => ({
    verdict: row.verdict,
    reason: row.reason,
    count: row.count,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    exampleIds: row.examples.map((id) => `q${id}`),
    addresses: row.addresses ?? [],
  }))
}
