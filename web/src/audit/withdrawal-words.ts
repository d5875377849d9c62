import type { AuditAction } from '@desk/shared/audit/audit-action'
import type { ActionWords, EntryParts } from './entry-words.ts'

type WithdrawalAction = Extract<
  AuditAction,
  | `withdrawal.${string}`
  | `withdrawals.${string}`
  | `destination.${string}`
  | `withdrawal_policy.${string}`
  | `delegation.${string}`
>

/** What is done with withdrawals, the address book and the policy. */
export const withdrawalWords: Readonly<Record<WithdrawalAction, ActionWords>> = {
  'withdrawal.draft': about('drafted', 'draft'),
  'withdrawal.edit': about('changed', 'change'),
  'withdrawal.attach': about('attached a document to', 'attach a document to'),
  'withdrawal.detach': about('took the document off', 'take the document off'),
  'withdrawal.submit': about('asked for approval of', 'ask for approval of'),
  'withdrawal.cancel': about('cancelled', 'cancel'),
  'withdrawal.approve': about('approved', 'approve'),
  'withdrawal.reject': about('rejected', 'reject'),
  'withdrawal.break_glass': about('called an emergency:', 'call an emergency:'),
  'withdrawal.void_votes': about('voided the approvals of', 'void the approvals of'),
  'withdrawal.expire': about('let expire', 'let expire'),
  'withdrawal.send': about('sent to SpacePay:', 'send to SpacePay:'),
  'withdrawal.learn': {
    done: (parts) => {
      const [was, is] = [parts.before.text('state'), parts.after.text('state')]
      return was === '' || is === '' || was === is
        ? `learned what became of ${withdrawal(parts)}`
        : `learned that ${withdrawal(parts)} went from ${was} to ${is}`
    },
    tried: (parts) => `learn what became of ${withdrawal(parts)}`,
  },
  'withdrawal.resolve': about('settled what became of', 'settle what became of'),
  'withdrawal.export': about('took away the evidence of', 'take away the evidence of'),
  'withdrawals.stop': {
    done: () => 'stopped all withdrawals',
    tried: () => 'stop all withdrawals',
  },
  'withdrawals.start': {
    done: () => 'let withdrawals go again',
    tried: () => 'let withdrawals go again',
  },
  'destination.propose': destination('proposed', 'propose'),
  'destination.approve': destination('approved', 'approve'),
  'destination.refuse': destination('refused', 'refuse'),
  'destination.freeze': destination('froze', 'freeze'),
  'destination.unfreeze': destination('unfroze', 'unfreeze'),
  'destination.remove': destination('removed', 'remove'),
  'destination.rename': destination('renamed', 'rename'),
  'withdrawal_policy.propose': policy('proposed', 'propose'),
  'withdrawal_policy.decide': policy('decided on', 'decide on'),
  'withdrawal_policy.take_back': policy('took back', 'take back'),
  'delegation.make': {
    done: ({ subject }) => `let ${subject} approve in another’s place`,
    tried: () => 'let somebody approve in another’s place',
  },
  'delegation.end': {
    done: ({ subject }) => `ended that ${subject} approves in another’s place`,
    tried: () => 'end an approval delegation',
  },
}

function about(done: string, tried: string): ActionWords {
  return {
    done: (parts) => `${done} ${withdrawal(parts)}`,
    tried: (parts) => `${tried} ${withdrawal(parts)}`,
  }
}

function destination(done: string, tried: string): ActionWords {
  const named = ({ subject, name }: EntryParts) => `${name && 'destination '}${subject}`
  return {
    done: (parts) => `${done} ${named(parts)}`,
    tried: (parts) => `${tried} ${named(parts)}`,
  }
}

function policy(done: string, tried: string): ActionWords {
  const named = ({ subject, name }: EntryParts) => `${name && 'withdrawal policy '}${subject}`
  return {
    done: (parts) => `${done} ${named(parts)}`,
    tried: (parts) => `${tried} ${named(parts)}`,
  }
}

function withdrawal({ subject, name }: EntryParts): string {
  return `${name && 'withdrawal '}${subject}`
}
