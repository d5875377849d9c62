import { sql } from 'kysely'
import { closeBlock } from '@desk/shared/settlements/month-checks'
import type { CloseMonthInput } from '@desk/shared/settlements/settlement-input'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { Refusal } from '../kernel/refusal.ts'
import { businessDayAt } from './business-day-bounds.ts'
import { readRule } from './business-day-rules.queries.ts'
import { checkMonth } from './month-checks.queries.ts'
import { monthContentBy, sealedContent } from './month-content.queries.ts'

/** What changing a month works with. */
export interface MonthCall {
  readonly db: Db
  readonly by: Attribution & { readonly actor: Actor }
}

/**
 * Closes a month as the person saw it. Counting waits meanwhile, so that what is counted later is an
 * adjustment and nothing is lost between. Refuses with `month_closed`, `month_changed` and `month_not_ready`.
 */
export async function closeMonth(
  { db, by }: MonthCall,
  { month, sha256, note }: CloseMonthInput,
): Promise<{ readonly closeId: number }> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${advisoryLocks.rollups}::bigint)`.execute(trx)
    const rule = await readRule(trx, 'active')
    if (!rule) throw notReady('Payments are being added up for the first time.')
    const closed = await trx
      .selectFrom('settlement_close')
      .select('id')
      .where('month', '=', month)
      .where('reopened_at', 'is', null)
      .executeTakeFirst()
    if (closed) {
      throw new Refusal('conflict', 'month_closed', 'Somebody closed this month already.')
    }
    const content = await monthContentBy(
      trx,
      { rule, today: businessDayAt(rule, by.at).day },
      month,
    )
    const sealed = sealedContent(content)
    if (sealed.sha256 !== sha256) {
      const message = 'The month has changed since you looked at it. Look at it again.'
      throw new Refusal('conflict', 'month_changed', message)
    }
    const checks = await checkMonth(trx, { rule, content, now: by.at })
    const block = closeBlock(checks, note)
    if (block !== null) throw notReady(block)
    const { id } = await trx
      .insertInto('settlement_close')
      .values({
        month,
        zone: rule.zone,
        cut_off: rule.cutOff,
        starts_at: content.startsAt,
        ends_at: content.endsAt,
        content: sealed.text,
        sha256: sealed.sha256,
        checks: JSON.stringify(checks),
        note: note === '' ? null : note,
        closed_by: by.actor.userId,
        closed_at: by.at,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordAudit(trx, by, {
      action: 'month.close',
      subject: { kind: 'settlement_month', id: month, label: month },
      ...(note !== '' && { reason: note }),
      after: { sha256: sealed.sha256, ...content.totals },
    })
    return { closeId: id }
  })
}

function notReady(message: string): Refusal {
  return new Refusal('conflict', 'month_not_ready', message)
}
