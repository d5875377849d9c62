import type { AuditAction } from '@desk/shared/audit/audit-action'
import type { ActionWords, EntryParts } from './entry-words.ts'

type BankAction = Extract<AuditAction, `bank.${string}`>

/** What is done with bank accounts, their statements and lines. */
export const bankWords: Readonly<Record<BankAction, ActionWords>> = {
  'bank.add_account': about('added the bank account', 'add the bank account'),
  'bank.import': about('imported the bank statement', 'import the bank statement'),
  'bank.match': about('matched the bank line', 'match the bank line'),
  'bank.undo_match': about('undid the match of the bank line', 'undo the match of the bank line'),
  'bank.set_aside': about('put aside the bank line', 'put aside the bank line'),
  'bank.take_back': about('took back the bank line', 'take back the bank line'),
}

function about(done: string, tried: string): ActionWords {
  const subject = ({ subject: id, name }: EntryParts) => (name === '' ? id : name)
  return {
    done: (parts) => `${done} ${subject(parts)}`,
    tried: (parts) => `${tried} ${subject(parts)}`,
  }
}
