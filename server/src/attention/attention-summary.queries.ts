import { attentionKind, attentionKindText } from '@desk/shared/attention/attention-kind'
import {
  type AttentionBadge,
  type AttentionQuery,
  type AttentionSummary,
  everythingOpen,
} from '@desk/shared/attention/attention-query'
import type { Db } from '../database.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { matches, type Viewer } from './attention-matching.ts'
import { readSilences } from './silences.queries.ts'

const ROWS_COUNTED_MAX = 10_000
const BADGE_MAX = 99

/** How many items a query matches and what is at stake in them, by kind, over at most 10,000. Refuses with `search_too_broad`. */
export async function readAttentionSummary(
  reads: Db,
  query: AttentionQuery,
  viewer: Viewer,
): Promise<AttentionSummary> {
  const rows = await refuseTooBroad(() =>
    reads
      .selectFrom(
        reads
          .selectFrom('attention_item as item')
          .select(['item.kind', 'item.stake_cents', 'item.opened_at'])
          .where((eb) => matches(eb, query, viewer))
          .limit(ROWS_COUNTED_MAX + 1)
          .as('matched'),
      )
      .select((eb) => [
        'kind',
        eb.fn.countAll<number>().as('count'),
        eb.fn.coalesce(eb.fn.sum<string>('stake_cents'), eb.val('0')).as('stakeCents'),
        eb.fn.min('opened_at').as('oldestAt'),
      ])
      .groupBy('kind')
      .orderBy('kind')
      .execute(),
  )
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  return {
    count: Math.min(count, ROWS_COUNTED_MAX),
    stakeCents: rows.reduce((sum, row) => sum + BigInt(row.stakeCents), 0n).toString(),
    exact: count <= ROWS_COUNTED_MAX,
    byKind: rows.map(({ oldestAt, ...row }) => ({
      ...row,
      kind: attentionKind.parse(row.kind),
      oldestAt: oldestAt.toISOString(),
    })),
  }
}

/** What waits for this person, their roles or nobody in particular, counted up to 99; each silence is one. */
export async function readBadge(reads: Db, viewer: Viewer): Promise<AttentionBadge> {
  const { count } = await reads
    .selectFrom(
      reads
        .selectFrom('attention_item as item')
        .select('item.id')
        .where((eb) => matches(eb, { ...everythingOpen, whose: 'mine' }, viewer))
        .limit(BADGE_MAX + 1)
        .as('waiting'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const isTheirs = viewer.roles.some((role) => role === attentionKindText.drifted.queue)
  const waiting = count + (isTheirs ? (await readSilences(reads)).length : 0)
  return { count: Math.min(waiting, BADGE_MAX), isMore: waiting > BADGE_MAX }
}
