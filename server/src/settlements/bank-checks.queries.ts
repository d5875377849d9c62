import { sql } from 'kysely'
import { formatCents } from '@desk/shared/money/amount-cents'
import type { MonthCheck } from '@desk/shared/settlements/month-checks'
import type { MonthContent } from '@desk/shared/settlements/month-content'
import type { Db } from '../database.ts'

/** Looks at what banks say of a month before it is closed. */
export async function checkBank(db: Db, content: MonthContent): Promise<MonthCheck[]> {
  const first = content.days[0]?.day ?? ''
  const last = content.days.at(-1)?.day ?? ''
  const [open, uncovered] = await Promise.all([
    openLines(db, first, last),
    uncoveredAccounts(db, first, last),
  ])
  return [linesCheck(open), coverCheck(uncovered), differencesCheck(content)]
}

function linesCheck(open: number): MonthCheck {
  return {
    kind: 'lines_matched',
    isMet: open === 0,
    finding:
      open === 0
        ? 'Every bank line of the month is matched or put aside.'
        : `${open} bank ${open === 1 ? 'line' : 'lines'} of the month wait to be matched or put aside.`,
  }
}

function coverCheck(uncovered: readonly string[] | null): MonthCheck {
  return {
    kind: 'statements_cover',
    isMet: uncovered?.length === 0,
    finding:
      uncovered === null
        ? 'No bank statement was imported: nothing is known of what arrived.'
        : uncovered.length === 0
          ? 'Statements of every account cover the month.'
          : `Statements do not cover the month for ${uncovered.join(', ')}.`,
  }
}

function differencesCheck({ days }: MonthContent): MonthCheck {
  const odd = days.filter(
    ({ difference }) =>
      difference !== null && (difference.missing !== 0 || difference.excess !== 0),
  )
  const short = odd.reduce((sum, { difference }) => sum + (difference?.missing ?? 0), 0)
  const over = odd.reduce((sum, { difference }) => sum - (difference?.excess ?? 0), 0)
  return {
    kind: 'differences_explained',
    isMet: odd.length === 0,
    finding:
      odd.length === 0
        ? 'No day is short or over by more than timing, fees and exchange rates explain.'
        : `${odd.length} ${odd.length === 1 ? 'day is' : 'days are'} short or over: ${formatCents(short)} missing, ${formatCents(over)} too much.`,
  }
}

async function openLines(db: Db, from: string, to: string): Promise<number> {
  const { open } = await db
    .selectFrom('bank_line')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('booked_on', '>=', from)
    .where('booked_on', '<=', to)
    .where('set_aside_at', 'is', null)
    .whereRef('matched_minor', '<>', 'amount_minor')
    .executeTakeFirstOrThrow()
  return open
}

/** Statements say their first and last line; banks are quiet over a long weekend. */
const quietDays = 4

/** Accounts whose statements do not reach over the month, or leave a gap in it; null without any statement. */
async function uncoveredAccounts(db: Db, from: string, to: string): Promise<string[] | null> {
  const { rows } = await sql<{ name: string; isCovered: boolean }>`
    select account.name, coalesce(told.starts <= ${from}::date + ${quietDays}::integer
      and told.ends >= ${to}::date - ${quietDays}::integer
      and not told.has_gap, false) as "isCovered"
    from bank_account as account
    left join lateral (
      select min(period_from) as starts, max(period_to) as ends,
        coalesce(bool_or(period_from > reached + ${quietDays}::integer), false) as has_gap
      from (
        select period_from, period_to,
          max(period_to) over (order by period_from, id rows between unbounded preceding and 1 preceding) as reached
        from bank_statement
        where account_id = account.id and period_from <= ${to}::date and period_to >= ${from}::date
      ) as statement
    ) as told on true
    where exists (select from bank_statement where account_id = account.id)
    order by account.name
  `.execute(db)
  if (rows.length === 0) return null
  return rows.filter(({ isCovered }) => !isCovered).map(({ name }) => name)
}
