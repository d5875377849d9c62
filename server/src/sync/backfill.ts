import type { Trx } from '../database.ts'
import { learn } from '../payments/apply-projection.ts'
import { readListPage, type ListedPage, type SyncDependencies } from './list-page.ts'
import {
  backfillState,
  readPosition,
  savePosition,
  sweepState,
  type BackfillPosition,
} from './sync-state.queries.ts'

/**
 * Reads the next page of all payments, oldest first, and resolves to whether there are more. Where
 * it stopped is kept with what it learned, so it goes on there after any kind of end.
 *
 * Rows may shift under the walk. Each page starts a little before the end of the last one and has to
 * show some of the same payments again; when it does not, the walk goes back a page. A walk that
 * ends with fewer payments than SpacePay counts is made once more.
 */
export async function backfillPage(dependencies: SyncDependencies): Promise<boolean> {
  const { db, now, log, pageLimit } = dependencies
  const position = (await readPosition(db, backfillState)) ?? startingPosition(now(), 1)
  if (position.finishedAt !== null) return false

  const offset = Math.max(0, position.offset - position.lastIds.length)
  const page = await readListPage(dependencies, { sortOrder: 'ASC', offset })
  const hasShifted = !continues(position, page)
  if (hasShifted) log.warn({ offset }, 'The list shifted while it was read; going back a page')
  const next = hasShifted
    ? { ...position, total: page.total, offset: Math.max(0, offset - pageLimit), lastIds: [] }
    : positionAfter(page, { position, offset, pageLimit })

  return db.transaction().execute(async (trx) => {
    await learn(trx, page.observations)
    const isEnd = !hasShifted && !page.hasMore
    const saved = isEnd ? await judgeEnd(trx, next, now()) : next
    await savePosition(trx, backfillState, { position: saved, at: now() })
    if (saved.finishedAt === null) return true
    const ground = { groundAt: page.payments.at(-1)?.createdAt ?? null }
    await savePosition(trx, sweepState, { position: ground, at: now() })
    log.info({ total: saved.total, rejected: saved.rejected }, 'All payments have been read')
    return false
  })
}

const walksMax = 2
/** More than are likely to vanish between two pages; more would only cost reading twice. */
const overlapMax = 50

function startingPosition(at: Date, walks: number): BackfillPosition {
  return {
    offset: 0,
    lastIds: [],
    total: null,
    rejected: 0,
    walks,
    startedAt: at.toISOString(),
    finishedAt: null,
  }
}

function continues({ lastIds }: BackfillPosition, page: ListedPage): boolean {
  return lastIds.length === 0 || page.payments.some(({ id }) => lastIds.includes(id))
}

function positionAfter(
  page: ListedPage,
  read: {
    readonly position: BackfillPosition
    readonly offset: number
    readonly pageLimit: number
  },
): BackfillPosition {
  const overlap = Math.min(overlapMax, Math.floor(read.pageLimit / 2))
  return {
    ...read.position,
    offset: read.offset + page.rowCount,
    lastIds: overlap === 0 ? [] : page.payments.slice(-overlap).map(({ id }) => id),
    total: page.total,
    rejected: read.position.rejected + page.rejectedCount,
  }
}

/** At the end of the list: finished, or from the start again when payments must have been missed. */
async function judgeEnd(trx: Trx, next: BackfillPosition, at: Date): Promise<BackfillPosition> {
  const { known } = await trx
    .selectFrom('payment')
    .select((eb) => eb.fn.countAll<number>().as('known'))
    .where('api_read_at', 'is not', null)
    .executeTakeFirstOrThrow()
  const hasMissed = next.total !== null && known + next.rejected < next.total
  if (hasMissed && next.walks < walksMax) return startingPosition(at, next.walks + 1)
  return { ...next, finishedAt: at.toISOString() }
}
