import type { AuditAction } from '@desk/shared/audit/audit-action'
import { type EntryFacts, listed } from './entry-facts.ts'
import type { ActionWords, EntryParts } from './entry-words.ts'

type AccountAction = Extract<
  AuditAction,
  `person.${string}` | `invitation.${string}` | `factor.${string}`
>

export const accountWords: Readonly<Record<AccountAction, ActionWords>> = {
  'person.set_up': {
    done: () => 'set up Desk as its first admin',
    tried: () => 'set up the first admin',
  },
  'person.invite': {
    done: ({ subject, after }) => {
      if (after.text('by') === 'log') return 'wrote the link for the first admin into the log'
      const way = after.text('by') === 'mail' ? ', by mail' : ''
      return `invited ${subject}${as(listed(after.roles), ' as ')}${way}`
    },
    tried: ({ subject }) => `invite ${subject}`,
  },
  'person.join': {
    done: ({ after }) => `joined${as(listed(after.roles), ' as ')}`,
    tried: ({ name }) => `join with ${invitation(name)}`,
  },
  'person.link_sign_on': {
    done: () => 'came by single sign-on for the first time',
    tried: () => 'come by single sign-on',
  },
  'person.change_roles': {
    done: ({ subject, before, after }) => {
      const given = after.roles.filter((role) => !before.roles.includes(role))
      const taken = before.roles.filter((role) => !after.roles.includes(role))
      if (given.length === 0 && taken.length === 0)
        return `left the roles of ${subject} as they were`
      const changes = [
        ...(given.length > 0 ? [`gave ${subject} ${roles(given)}`] : []),
        ...(taken.length > 0 ? [`took ${roles(taken)} from ${subject}`] : []),
      ]
      return changes.join(' and ')
    },
    tried: ({ subject }) => `change the roles of ${subject}`,
  },
  'person.disable': {
    done: ({ subject, after }) => `disabled ${subject}${consequences(after)}`,
    tried: ({ subject }) => `disable ${subject}`,
  },
  'person.enable': {
    done: ({ subject }) => `enabled ${subject} again`,
    tried: ({ subject }) => `enable ${subject}`,
  },
  'person.remove': {
    done: ({ subject, after }) => `removed ${subject} from the team${consequences(after)}`,
    tried: ({ subject }) => `remove ${subject} from the team`,
  },
  'person.mark_same': {
    done: ({ subject, after }) => {
      const first = after.text('sameAs')
      return first === ''
        ? `marked ${subject} as the account of a person of their own`
        : `marked ${subject} as another account of ${first}`
    },
    tried: ({ subject }) => `mark whose account ${subject} is`,
  },
  'person.change_view_zone': {
    done: ({ after }) => `chose to read times in ${after.text('zone') || 'the business zone'}`,
    tried: () => 'change the zone in which they read times',
  },
  'person.change_name': {
    done: ({ before, after }) =>
      `changed their name from “${before.text('name')}” to “${after.text('name')}”`,
    tried: () => 'change their name',
  },
  'person.change_password': {
    done: ({ after }) => `changed their password${consequences(after)}`,
    tried: () => 'change their password',
  },
  'person.reset_factors': {
    done: ({ subject, after }) => `reset the second factors of ${subject}${consequences(after)}`,
    tried: ({ subject }) => `reset the second factors of ${subject}`,
  },
  'invitation.void': {
    done: ({ name }) => `withdrew ${invitation(name)}`,
    tried: ({ name }) => `withdraw ${invitation(name)}`,
  },
  'invitation.look': {
    done: ({ name }) => `opened ${invitation(name)}`,
    tried: ({ name }) => `open ${invitation(name)}`,
  },
  'factor.add_authenticator': {
    done: ({ after }) =>
      after.isTrue('isReplacing')
        ? `replaced their authenticator app${consequences(after)}`
        : `added an authenticator app${consequences(after)}`,
    tried: () => 'add an authenticator app',
  },
  'factor.remove_authenticator': {
    done: ({ after }) => `removed their authenticator app${consequences(after)}`,
    tried: () => 'remove their authenticator app',
  },
  'factor.add_passkey': {
    done: ({ after }) => `added the passkey${quoted(after.text('name'))}${consequences(after)}`,
    tried: () => 'add a passkey',
  },
  'factor.remove_passkey': {
    done: ({ before, after }) =>
      `removed the passkey${quoted(before.text('name'))}${consequences(after)}`,
    tried: () => 'remove a passkey',
  },
  'factor.make_recovery_codes': {
    done: ({ after }) =>
      after.count('codes') > 0
        ? `made ${after.count('codes')} recovery codes`
        : 'made recovery codes',
    tried: () => 'make recovery codes',
  },
}

/** What ended with it, where anything did. */
function consequences(after: EntryFacts): string {
  const sessions = after.count('endedSessions')
  const voided = after.length('voided')
  const ends = [
    ...(sessions > 0 ? [`ended ${sessions} ${sessions === 1 ? 'session' : 'sessions'}`] : []),
    ...(voided > 0 ? [`voided ${voided} pending ${voided === 1 ? 'item' : 'items'}`] : []),
  ]
  return as(listed(ends), ', which ')
}

function roles(names: readonly string[]): string {
  return `the ${names.length === 1 ? 'role' : 'roles'} ${listed(names)}`
}

function invitation(name: EntryParts['name']): string {
  return name === '' ? 'an invitation' : `the invitation for ${name}`
}

function quoted(name: string): string {
  return name === '' ? '' : ` “${name}”`
}

function as(text: string, lead: string): string {
  return text === '' ? '' : `${lead}${text}`
}
