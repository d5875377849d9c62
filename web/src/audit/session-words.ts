import type { AuditAction } from '@desk/shared/audit/audit-action'
import type { ActionWords } from './entry-words.ts'

type SessionAction = Extract<AuditAction, `session.${string}`>

export const sessionWords: Readonly<Record<SessionAction, ActionWords>> = {
  'session.sign_in': {
    done: ({ after }) => {
      const method = methods.get(after.text('method')) ?? ''
      const factor = factors.get(after.text('factor'))
      if (factor === undefined || after.text('method') === 'demo') return `signed in${method}`
      return `signed in${method}${after.text('method') === 'password' ? ' and ' : ' with '}${factor}`
    },
    tried: ({ name }) => `sign in${name && ` as ${name}`}`,
  },
  'session.second_factor': {
    done: () => 'gave a second factor',
    tried: ({ name }) => `give a second factor${name && ` as ${name}`}`,
  },
  'session.step_up': {
    done: ({ after }) =>
      `confirmed that it was them with ${factors.get(after.text('factor')) ?? 'their password'}`,
    tried: () => 'confirm that it was them',
  },
  'session.sign_out': { done: () => 'signed out', tried: () => 'sign out' },
  'session.end': {
    done: ({ after, name }) => {
      const ended = after.count('ended')
      if (ended > 0) return `ended ${ended} other ${ended === 1 ? 'session' : 'sessions'} of theirs`
      return `ended their session${name && ` on ${name}`}`
    },
    tried: () => 'end a session',
  },
  'session.presented': {
    done: ({ name }) => `showed a session${name && ` of ${name}`}`,
    tried: ({ name }) => `use a session${name && ` of ${name}`} that is not valid`,
  },
}

const methods: ReadonlyMap<string, string> = new Map([
  ['password', ' with a password'],
  ['single_sign_on', ' by single sign-on'],
  ['invitation', ' by accepting an invitation'],
  ['demo', ' to the demo'],
])

const factors: ReadonlyMap<string, string> = new Map([
  ['authenticator', 'a code'],
  ['passkey', 'a passkey'],
  ['recovery_code', 'a recovery code'],
])
