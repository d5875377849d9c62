import { type AuditAction, auditActions } from '@desk/shared/audit/audit-action'
import type { AuditSubject, HistoryEntry } from '@desk/shared/audit/audit-entry'
import { type EntryFacts, factsOf } from './entry-facts.ts'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { accountWords } from './account-words.ts'
import { businessDayWords } from './business-day-words.ts'
import { callText } from './call-words.ts'
import { deskWords } from './desk-words.ts'
import { exportWords } from './export-words.ts'
import { reasonText } from './reason-words.ts'
import { sessionWords } from './session-words.ts'
import { bankWords } from './bank-words.ts'
import { monthWords } from './month-words.ts'
import { notificationWords } from './notification-words.ts'
import { webhookWords } from './webhook-words.ts'
import { withdrawalWords } from './withdrawal-words.ts'

/** An entry in words: `who` did what (`did`), and why not where it was refused or failed. */
export interface EntryWords {
  /** "Admin", or whom Desk knows no name of. */
  readonly who: string
  /** "invited ada@shop.example as Finance": goes on after `who`, without a full stop. */
  readonly did: string
  /** The reason that is kept with it; null where there is none. */
  readonly why: string | null
}

/** What the words of one action are made of. */
export interface EntryParts {
  readonly before: EntryFacts
  readonly after: EntryFacts
  /** What it is about: its label, else its id; "it" or "them" on that object's own page. */
  readonly subject: string
  /** The same; empty on the object's own page and where there is none. */
  readonly name: string
}

/** How one action is told: what was done, and what was only tried. */
export interface ActionWords {
  readonly done: (parts: EntryParts) => string
  /** After "tried to"; absent where being refused is all there is to the action. */
  readonly tried?: (parts: EntryParts) => string
}

/** `about` is the object on whose page the words stand, which is then not named again. */
export function entryWords(entry: HistoryEntry, about?: AuditSubject): EntryWords {
  const { action, outcome, reason, before, after } = entry
  const why = reason === null ? null : reasonText(reason)
  const parts = { before: factsOf(before), after: factsOf(after), ...namesIn(entry, about) }
  const who = whoIn(entry)
  if (!isKnown(action)) return { who, did: `did “${action}”`, why }
  const { done, tried } = wordsByAction[action]
  return { who, did: outcome === 'done' || !tried ? done(parts) : `tried to ${tried(parts)}`, why }
}

/** The same in one sentence, for screen readers and titles. */
export function entrySentence(entry: HistoryEntry, about?: AuditSubject): string {
  const { who, did, why } = entryWords(entry, about)
  return why === null ? `${who} ${did}` : `${who} ${did}: ${why}`
}

/** Every request has a number; what has none was done by Desk itself or by a command on its machine. */
function whoIn({ actor, requestId }: HistoryEntry): string {
  if (actor) return actor.name || actor.email || actor.id
  return requestId === null ? 'Desk' : 'Somebody not signed in'
}

function namesIn({ action, subject }: HistoryEntry, about: AuditSubject | undefined) {
  if (subject === null) {
    return { subject: action.startsWith('person.') ? 'somebody' : 'something', name: '' }
  }
  if (subject.kind === about?.kind && subject.id === about.id) {
    return { subject: about.kind === 'person' ? 'them' : 'it', name: '' }
  }
  const name = subject.label ?? shownId(subject)
  return { subject: name, name }
}

/** Both ends of a long id: people know objects by them from the other screens. */
function shownId({ kind, id }: NonNullable<HistoryEntry['subject']>): string {
  return kind === 'procedure' ? id : shortIdentifier(id)
}

function isKnown(action: string): action is AuditAction {
  return Object.hasOwn(auditActions, action)
}

const wordsByAction: Readonly<Record<AuditAction, ActionWords>> = {
  ...sessionWords,
  ...accountWords,
  ...exportWords,
  ...notificationWords,
  ...businessDayWords,
  ...webhookWords,
  ...withdrawalWords,
  ...bankWords,
  ...monthWords,
  'payment.create': {
    done: ({ subject, name }) => `made ${name && 'payment '}${subject}`,
    tried: () => 'make a payment',
  },
  'payment.read_link': {
    done: ({ subject, name }) => `read the payer's link of ${name && 'payment '}${subject}`,
    tried: () => "read a payer's link",
  },
  'payment.refresh': {
    done: ({ subject, name, before, after }) => {
      const read = `read ${name && 'payment '}${subject} from SpacePay`
      const [was, is] = [before.text('status'), after.text('status')]
      return was !== '' && is !== '' && was !== is ? `${read}: ${was} became ${is}` : read
    },
    tried: ({ subject, name }) => `read ${name && 'payment '}${subject} from SpacePay`,
  },
  ...deskWords,
  'audit.export': {
    done: () => 'exported the audit log',
    tried: () => 'export the audit log',
  },
  'request.limit': { done: () => 'sent too many requests' },
  'call.refuse': {
    done: (parts) => `made a call to ${call(parts)}`,
    tried: call,
  },
  'call.fail': {
    done: (parts) => `made a call to ${call(parts)}`,
    tried: call,
  },
}

/** A call that named no object is about itself. */
function call({ after, subject }: EntryParts): string {
  const procedure = after.text('procedure')
  return callText(procedure, subject === procedure || subject === 'something' ? null : subject)
}
