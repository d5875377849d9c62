import { formatCents } from '@desk/shared/money/amount-cents'
import type { MatchInput } from '@desk/shared/settlements/bank-input'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import { matchableColumns, openLines } from './bank-lines-matchable.queries.ts'
import type { BankCall } from './bank-accounts.ts'
import { makeMatch, type MatchableLine, sumOf, worthOf } from './make-match.ts'

/**
 * Somebody says that lines are the money of days. Refuses with `bank_lines_taken` where one was matched or put
 * aside meanwhile, and with `match_exceeds` where the days would get more or less than the lines have.
 */
export async function matchByHand(
  { db, by }: BankCall,
  input: MatchInput,
): Promise<{ readonly id: number }> {
  return db.transaction().execute(async (trx) => {
    const ids = [...new Set(input.lines)]
    const lines = await openLines(trx)
      .select(matchableColumns)
      .where('id', 'in', ids)
      .orderBy('id')
      .forUpdate()
      .execute()
    if (lines.length !== ids.length) {
      const message = 'One of these lines was matched or put aside meanwhile. Look again.'
      throw new Refusal('conflict', 'bank_lines_taken', message)
    }
    refuseUnequal(lines, input)
    const id = await makeMatch(trx, {
      rule: 'manual',
      score: 100,
      reason: input.reason,
      madeBy: by.actor.userId,
      madeAt: by.at,
      lines,
      days: input.days,
    })
    await publish(trx, { kind: 'bank.changed' })
    await recordAudit(trx, by, {
      action: 'bank.match',
      reason: input.reason,
      subject: subjectOf(lines),
      after: { match: id, lines: ids, days: input.days },
    })
    return { id }
  })
}

function refuseUnequal(lines: readonly MatchableLine[], { days }: MatchInput): void {
  const worth = worthOf(lines)
  const given = sumOf(days, ({ arrivedCents }) => arrivedCents)
  if (worth === null || worth === given) return
  throw new Refusal(
    'invalid',
    'match_exceeds',
    `The lines are worth ${formatCents(worth)}; the days would get ${formatCents(given)}.`,
  )
}

/** Takes a match back; it stays on record. Refuses with `match_unknown` and `match_undone`. */
export async function undoMatch(
  { db, by }: BankCall,
  { id, reason }: { readonly id: number; readonly reason: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const match = await trx
      .selectFrom('settlement_match')
      .select(['rule', 'undone_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!match) throw new Refusal('not_found', 'match_unknown', 'There is no such match.')
    if (match.undone_at) throw new Refusal('conflict', 'match_undone', 'It was undone already.')
    const lines = await trx
      .selectFrom('bank_line')
      .select(matchableColumns)
      .where('id', 'in', (eb) =>
        eb.selectFrom('settlement_match_line').select('line_id').where('match_id', '=', id),
      )
      .orderBy('id')
      .forUpdate()
      .execute()
    await trx
      .updateTable('settlement_match')
      .set({ undone_at: by.at, undone_by: by.actor.userId, undone_reason: reason })
      .where('id', '=', id)
      .execute()
    await publish(trx, { kind: 'bank.changed' })
    await recordAudit(trx, by, {
      action: 'bank.undo_match',
      reason,
      subject: subjectOf(lines),
      before: { match: id, rule: match.rule },
    })
  })
}

/** Puts a line aside that is not SpacePay's. Refuses with `bank_lines_taken`. */
export async function setLineAside(
  call: BankCall,
  { id, reason }: { readonly id: number; readonly reason: string },
): Promise<void> {
  await call.db.transaction().execute(async (trx) => {
    const line = await openLines(trx)
      .select(matchableColumns)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!line || line.matchedMinor !== 0) {
      const message = 'This line was matched or put aside meanwhile. Look again.'
      throw new Refusal('conflict', 'bank_lines_taken', message)
    }
    await trx
      .updateTable('bank_line')
      .set({
        set_aside_at: call.by.at,
        set_aside_by: call.by.actor.userId,
        set_aside_reason: reason,
      })
      .where('id', '=', id)
      .execute()
    await told(trx, call, { action: 'bank.set_aside', line, reason })
  })
}

/** Has a line wait to be matched again. Refuses with `bank_line_not_aside`. */
export async function takeLineBack(
  call: BankCall,
  { id, reason }: { readonly id: number; readonly reason: string },
): Promise<void> {
  await call.db.transaction().execute(async (trx) => {
    const line = await trx
      .selectFrom('bank_line')
      .select(matchableColumns)
      .where('id', '=', id)
      .where('set_aside_at', 'is not', null)
      .forUpdate()
      .executeTakeFirst()
    if (!line) {
      throw new Refusal('conflict', 'bank_line_not_aside', 'This line is not put aside any more.')
    }
    await trx
      .updateTable('bank_line')
      .set({ set_aside_at: null, set_aside_by: null, set_aside_reason: null })
      .where('id', '=', id)
      .execute()
    await told(trx, call, { action: 'bank.take_back', line, reason })
  })
}

interface LineChange {
  readonly action: 'bank.set_aside' | 'bank.take_back'
  readonly line: MatchableLine
  readonly reason: string
}

async function told(trx: Trx, { by }: BankCall, { action, line, reason }: LineChange) {
  await publish(trx, { kind: 'bank.changed' })
  await recordAudit(trx, by, { action, reason, subject: subjectOf([line]) })
}

function subjectOf(lines: readonly MatchableLine[]) {
  const [first] = lines
  const { amountMinor = 0, currency = 'USD', bookedOn = '' } = first ?? {}
  const more = lines.length > 1 ? ` and ${lines.length - 1} more` : ''
  const label = `of ${bookedOn} over ${formatCents(amountMinor, { currency })}${more}`
  return { kind: 'bank_line', id: String(first?.id ?? 0), label } as const
}
