import { Link } from '@tanstack/react-router'
import { type AuditEntry, auditSubjectKind } from '@desk/shared/audit/audit-entry'
import { Badge } from '../ui/badge.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment, PreciseText } from '../ui/moment.tsx'
import { countText } from '../ui/readers-locale.ts'
import { type Fact, Facts, Section } from '../ui/section.tsx'
import { actionText, kindText, outcomeWords } from './audit-words.ts'
import { EntryChanges } from './entry-changes.tsx'
import { entryWords } from './entry-words.ts'

/** Everything that one entry says, with its place in the chain. */
export function EntryDetail({ entry }: { readonly entry: AuditEntry }) {
  const { who, did, why } = entryWords(entry)
  const { tone, word } = outcomeWords[entry.outcome]
  return (
    <article aria-label={`Entry ${entry.seq}`}>
      <header className="px-5 pt-4 pr-16 pb-4">
        <div className="flex min-h-8 flex-wrap items-center gap-2 text-sm text-muted">
          <span className="tabular-nums">Entry {countText(entry.seq)}</span>
          <Badge tone={tone}>{word}</Badge>
        </div>
        <h2 className="mt-2 text-lg font-semibold break-words">
          {who} {did}
        </h2>
        {why !== null && <p className="mt-1 text-sm break-words text-muted">Reason: {why}</p>}
        <p className="mt-1 text-sm text-muted">
          <PreciseText at={entry.at} /> · <Moment at={entry.at} />
        </p>
      </header>
      <Section title="Values">
        <EntryChanges before={entry.before} after={entry.after} />
      </Section>
      <Section title="Facts">
        <Facts facts={factsOf(entry)} />
      </Section>
      <Section title="Place in the chain">
        <p className="mb-2 text-sm text-muted">
          This hash covers the entry and the hash of the one before it, so neither can be changed
          without a trace.
        </p>
        <Identifier value={entry.hash} label="hash of this entry" full />
      </Section>
    </article>
  )
}

function factsOf(entry: AuditEntry): readonly (Fact | null)[] {
  const { actor, subject, action, address, requestId } = entry
  return [
    {
      name: 'Who',
      value: actor ? (
        <>
          {actor.name}
          {actor.email !== actor.name && <span className="text-muted"> · {actor.email}</span>}
        </>
      ) : (
        entryWords(entry).who
      ),
    },
    {
      name: 'What',
      value: (
        <>
          {actionText(action)} <code className="text-xs text-faint">{action}</code>
        </>
      ),
    },
    subject && { name: 'About', value: <Subject subject={subject} /> },
    address === null
      ? null
      : { name: 'From', value: <span className="font-mono text-xs">{address}</span> },
    requestId === null
      ? null
      : { name: 'Request', value: <Identifier value={requestId} label="request id" full /> },
  ]
}

/** Named as it was called then, with the way to everything else that was done to it. */
function Subject({ subject }: { readonly subject: NonNullable<AuditEntry['subject']> }) {
  const { kind, id, label } = subject
  const isKnown = auditSubjectKind.safeParse(kind).success
  return (
    <>
      {kindText(kind)}
      {label !== null && ` ${label}`}
      <span className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Identifier value={id} label={`id of the ${kindText(kind).toLowerCase()}`} />
        {kind === 'payment' && (
          <Link
            to="/payments/$paymentId"
            params={{ paymentId: id }}
            className="rounded-sm text-accent hover:underline"
          >
            Open the payment
          </Link>
        )}
        {kind === 'person' && (
          <Link
            to="/settings/team"
            search={{ person: id }}
            className="rounded-sm text-accent hover:underline"
          >
            Open the person
          </Link>
        )}
        {isKnown && (
          <Link
            to="/audit"
            search={{ subjectKind: kind, subjectId: id }}
            className="rounded-sm text-accent hover:underline"
          >
            All entries about it
          </Link>
        )}
      </span>
    </>
  )
}
