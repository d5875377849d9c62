import type { AuditAction } from '@desk/shared/audit/audit-action'
import { roleText } from '@desk/shared/identity/roles'
import { role } from '@desk/shared/identity/role-schema'
import { type EntryFacts, listed } from './entry-facts.ts'
import type { ActionWords, EntryParts } from './entry-words.ts'

type DeskAction = Extract<
  AuditAction,
  | 'payment.write_note'
  | 'payment.edit_note'
  | 'payment.change_tags'
  | 'payment.assign'
  | 'payment.hand_back'
  | 'payment.resolve'
  | 'payment.resolve_silence'
  | 'view.save'
  | 'view.change'
  | 'view.delete'
>

/** What people do about payments among themselves, and what they keep for themselves and others. */
export const deskWords: Readonly<Record<DeskAction, ActionWords>> = {
  'payment.write_note': {
    done: (parts) => `wrote a note on ${payment(parts)}`,
    tried: (parts) => `write a note on ${payment(parts)}`,
  },
  'payment.edit_note': {
    done: (parts) => `changed their note on ${payment(parts)}`,
    tried: (parts) => `change their note on ${payment(parts)}`,
  },
  'payment.change_tags': {
    done: (parts) => {
      const [added, removed] = [parts.after.texts('tags'), parts.before.texts('tags')]
      const came = added.filter((tag) => !removed.includes(tag))
      const went = removed.filter((tag) => !added.includes(tag))
      if (came.length > 0) return `tagged ${payment(parts)} ${listed(came)}`
      if (went.length > 0) return `took the tag ${listed(went)} from ${payment(parts)}`
      return `left the tags of ${payment(parts)} as they were`
    },
    tried: (parts) => `change the tags of ${payment(parts)}`,
  },
  'payment.assign': {
    done: (parts) => `handed ${payment(parts)} over to ${parts.after.text('to') || 'somebody'}`,
    tried: (parts) => `hand ${payment(parts)} over`,
  },
  'payment.hand_back': {
    done: (parts) => `handed ${payment(parts)} back to ${parts.after.text('to') || 'somebody'}`,
    tried: (parts) => `hand ${payment(parts)} back`,
  },
  'payment.resolve_silence': {
    done: ({ after }) => `resolved ${after.count('count')} payments that no webhook told of`,
    tried: () => 'resolve payments that no webhook told of',
  },
  'payment.resolve': {
    done: (parts) => {
      const kinds = parts.after.texts('kinds').map((kind) => kind.toLowerCase())
      return `resolved ${payment(parts)}${kinds.length > 0 ? ` (${listed(kinds)})` : ''}`
    },
    tried: (parts) => `resolve ${payment(parts)}`,
  },
  'view.save': {
    done: (parts) => `saved ${view(parts)}${sharing(parts.after)}`,
    tried: () => 'save a view',
  },
  'view.change': {
    done: (parts) => {
      const [was, is] = [parts.before.text('name'), parts.after.text('name')]
      if (was !== is) return `renamed the view ${was} to ${is}`
      const [before, after] = [parts.before, parts.after].map((facts) => facts.text('sharedWith'))
      if (before === after) return `changed ${view(parts)}`
      return after === ''
        ? `stopped sharing ${view(parts)}`
        : `shared ${view(parts)}${sharing(parts.after)}`
    },
    tried: (parts) => `change ${view(parts)}`,
  },
  'view.delete': {
    done: (parts) => `deleted ${view(parts)}`,
    tried: (parts) => `delete ${view(parts)}`,
  },
}

function view({ subject, name }: EntryParts): string {
  return name === '' ? subject : `the view ${subject}`
}

function sharing(facts: EntryFacts): string {
  const given = role.safeParse(facts.text('sharedWith'))
  return given.success ? ` with ${roleText[given.data].label}` : ''
}

function payment({ subject, name }: EntryParts): string {
  return `${name && 'payment '}${subject}`
}
