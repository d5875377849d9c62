import { attentionKind, attentionKindText } from '@desk/shared/attention/attention-kind'
import {
  type AttentionBadge,
  type AttentionQuery,
  type AttentionSummary,
  everythingOpen,
} from '@desk/shared/attention/attention-query'
import type { Silence } from '@desk/shared/attention/silence'
import type { Db } from '../database.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { matches, type Viewer } from './attention-matching.ts'
import { readSilences } from './silences.queries.ts'

const ROWS_COUNTED_MAX = 10_000
const BADGE_MAX = 99

/**
 * How many items a query matches and what is at stake in them, by kind, over at most 10,000; each silence is
 * one, with all that is at stake in it. Refuses with `search_too_broad`.
 */
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
  const silences = await silencesIn(reads, query, viewer)
  const byKind = withSilences(
    rows.map(({ kind, oldestAt, ...totals }) => ({
      ...totals,
      kind: attentionKind.parse(kind),
      oldestAt: oldestAt.toISOString(),
    })),
    silences,
  )
  return {
    count: Math.min(
      byKind.reduce((sum, row) => sum + row.count, 0),
      ROWS_COUNTED_MAX,
    ),
    stakeCents: byKind.reduce((sum, row) => sum + BigInt(row.stakeCents), 0n).toString(),
    exact: count <= ROWS_COUNTED_MAX && silences.every(({ isExact }) => isExact),
    byKind,
  }
}

type ByKind = AttentionSummary['byKind']

/** A silence is drift that waits as one. */
function withSilences(byKind: ByKind, silences: readonly Silence[]): ByKind {
  const [longest] = silences
  if (longest === undefined) return byKind
  const apart = byKind.find(({ kind }) => kind === 'drifted')
  const stakes = silences.map(({ stakeCents }) => stakeCents)
  const oldest = [longest.firstAt, apart?.oldestAt ?? longest.firstAt].toSorted()
  const drifted = {
    kind: 'drifted' as const,
    count: (apart?.count ?? 0) + silences.length,
    stakeCents: [...stakes, apart?.stakeCents ?? '0']
      .reduce((sum, cents) => sum + BigInt(cents), 0n)
      .toString(),
    oldestAt: oldest[0] ?? longest.firstAt,
  }
  return [...byKind.filter((row) => row !== apart), drifted]
}

/** What waits as one among what is asked for: nobody in person, but the queue of what drifted. */
async function silencesIn(
  reads: Db,
  { state, kinds, whose }: AttentionQuery,
  { roles }: Viewer,
): Promise<readonly Silence[]> {
  const { queue } = attentionKindText.drifted
  const isTheirs =
    whose === 'anyone' || whose === queue || (whose === 'mine' && roles.includes(queue))
  const isAsked = state === 'open' && (kinds.length === 0 || kinds.includes('drifted'))
  return isTheirs && isAsked ? readSilences(reads) : []
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
  const silences = await silencesIn(reads, { ...everythingOpen, whose: 'mine' }, viewer)
  const waiting = count + silences.length
  return { count: Math.min(waiting, BADGE_MAX), isMore: waiting > BADGE_MAX }
}
