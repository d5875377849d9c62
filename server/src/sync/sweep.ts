import { learn } from '../payments/apply-projection.ts'
import { readListPage, type SyncDependencies } from './list-page.ts'
import { readPosition, savePosition, sweepState } from './sync-state.queries.ts'

/**
 * Reads the list newest first until it meets ground that is known and unchanged: a page with nothing
 * new in it that reaches back past where the last whole sweep began. What no webhook told us of is
 * found here. A sweep that is cut short moves no ground, so the next one covers what it missed.
 */
export async function sweepNewest(
  dependencies: SyncDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { db, now } = dependencies
  const groundAt = (await readPosition(db, sweepState))?.groundAt ?? null
  let newestAt: string | null = null
  for (let offset = 0; !signal.aborted;) {
    const page = await readListPage(dependencies, { sortOrder: 'DESC', offset })
    newestAt ??= page.payments[0]?.createdAt ?? null
    const changes = await db.transaction().execute((trx) => learn(trx, page.observations))
    const oldestAt = page.payments.at(-1)?.createdAt ?? null
    const isPastGround = groundAt !== null && oldestAt !== null && oldestAt < groundAt
    if (!page.hasMore || (isPastGround && changes.length === 0)) {
      const position = { groundAt: newestAt ?? groundAt }
      await db
        .transaction()
        .execute((trx) => savePosition(trx, sweepState, { position, at: now() }))
      return
    }
    offset += page.rowCount
  }
}
