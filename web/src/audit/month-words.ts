import type { AuditAction } from '@desk/shared/audit/audit-action'
import type { ActionWords, EntryParts } from './entry-words.ts'

type MonthAction = Extract<AuditAction, `month.${string}`>

/** What is done with the months of settlements. */
export const monthWords: Readonly<Record<MonthAction, ActionWords>> = {
  'month.close': about('closed', 'close'),
  'month.propose_reopening': about('proposed to reopen', 'propose to reopen'),
  'month.decide_reopening': {
    done: (parts) =>
      parts.after.text('state') === 'reopened'
        ? `reopened ${month(parts)}`
        : `refused to reopen ${month(parts)}`,
    tried: (parts) => `decide on reopening ${month(parts)}`,
  },
  'month.take_back_reopening': about(
    'took back the proposal to reopen',
    'take back the proposal to reopen',
  ),
  'month.make_file': about('had a file made of', 'have a file made of'),
  'month.download': about('downloaded a file of', 'download a file of'),
  'month.set_accounts': {
    done: () => 'changed the accounts of the journal',
    tried: () => 'change the accounts of the journal',
  },
}

function about(done: string, tried: string): ActionWords {
  return {
    done: (parts) => `${done} ${month(parts)}`,
    tried: (parts) => `${tried} ${month(parts)}`,
  }
}

function month({ subject, name }: EntryParts): string {
  return name === '' ? subject : `the month ${subject}`
}
