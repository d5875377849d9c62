import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Drift, driftKindText } from '@desk/shared/drift/drift'
import { Amount } from '../ui/amount.tsx'
import { Flag } from '../ui/badge.tsx'
import { Moment, PreciseText } from '../ui/moment.tsx'
import { DriftSentence } from './drift-sentence.tsx'

/** In what the two stories disagree or once did, each with its age, the money in question, what proves it and its end. */
export function DriftList({ drift, currency }: DriftListProps) {
  if (drift.length === 0) return null
  return (
    <ul aria-label="Drift" className="mb-4 flex flex-col gap-3">
      {drift.map((one) => (
        <li
          key={one.id}
          className={`rounded-md border border-l-3 border-line px-3 py-2 text-sm ${one.state === 'open' ? 'border-l-warn' : ''}`}
        >
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Flag tone={one.state === 'open' ? 'warn' : 'idle'}>{driftKindText[one.kind]}</Flag>
            <span className="text-muted">
              <DriftState drift={one} />
            </span>
          </p>
          <p className="mt-1 max-w-[72ch]">
            <DriftSentence drift={one} currency={currency} />
          </p>
          <dl className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
            <Fact name="Since">
              <Moment at={one.since} />
            </Fact>
            <Fact name="Found">
              <Moment at={one.detectedAt} />
            </Fact>
            {one.stakeCents !== null && (
              <Fact name="At stake">
                <Amount cents={one.stakeCents} currency={currency} />
              </Fact>
            )}
            {[one.one, one.other].map(
              (word) =>
                word && (
                  <Fact
                    key={word.observationId}
                    name={
                      word.deliveryId === null ? (
                        'API answer'
                      ) : (
                        <Link
                          to="/webhooks/$deliveryId"
                          params={{ deliveryId: String(word.deliveryId) }}
                          className="text-muted underline underline-offset-2 hover:text-text"
                        >
                          Delivery {word.deliveryId}
                        </Link>
                      )
                    }
                  >
                    {word.status === 'not_found' ? 'not known' : `“${word.status}”`} at{' '}
                    <PreciseText at={word.occurredAt} />, learned{' '}
                    <PreciseText at={word.learnedAt} />
                  </Fact>
                ),
            )}
          </dl>
        </li>
      ))}
    </ul>
  )
}

interface DriftListProps {
  readonly drift: readonly Drift[]
  readonly currency: string
}

function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-1">
      <dt className="text-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function DriftState({ drift }: { readonly drift: Drift }) {
  const { state, closedAt, resolution, resolvedBy, resolvedBecause } = drift
  if (state === 'open' || closedAt === null) return 'Open'
  if (resolution === 'healed') {
    return (
      <>
        Over by itself <Moment at={closedAt} />
      </>
    )
  }
  return (
    <>
      Resolved by {resolvedBy?.name ?? 'somebody'} <Moment at={closedAt} />
      {resolvedBecause !== null && <>: {resolvedBecause}</>}
    </>
  )
}
