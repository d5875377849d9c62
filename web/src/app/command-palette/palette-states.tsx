import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { missText } from '@desk/shared/payments/miss-reason'
import { slipText } from '@desk/shared/payments/near-forms'
import { PASTED_TEXT_MAX } from '@desk/shared/payments/pasted-lines'
import { unwrapPasted } from '@desk/shared/payments/search-text'
import { shortIdentifier } from '../../ui/identifier-text.ts'
import { buttonClass, Button } from '../../ui/button.tsx'
import { EmptyState, ErrorPanel } from '../../ui/panel.tsx'
import { readFault } from '../fault.ts'
import { signedInRoute } from '../signed-in-route.tsx'
import type { Failure } from './use-palette.ts'

/** What can be typed, for whoever has typed nothing yet; a phone needs the room. */
export function PaletteHint() {
  return (
    <p className="flex-none px-5 py-3 text-xs text-faint max-md:hidden">
      Finds by order id, payment id, transaction hash, deposit or sender address, explorer or
      checkout link and any value from the metadata; also saved views, tags, screens and actions.
    </p>
  )
}

/** What it may mean that nothing was found, and how to go on. */
export function PaletteMiss({ text, onLeave }: PaletteMissProps) {
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <EmptyState
        title="No payment matches"
        action={
          <Link
            to="/payments"
            search={{ q: text.slice(0, 300) }}
            onClick={onLeave}
            className={buttonClass({})}
          >
            Search the list instead
          </Link>
        }
      >
        <NearMiss text={text} onLeave={onLeave} />
        <p className="break-words">
          Nothing Desk knows carries <b className="font-medium text-text">{clip(text)}</b>, and no
          view, screen or action is called so. Check that nothing was cut off when copying. A
          payment made seconds ago may still be on its way; a hash on another network or sent to
          another shop is not ours.
        </p>
      </EmptyState>
    </div>
  )
}

/** What was perhaps meant, and what the text looks like; most misses are slips of typing or copying. */
function NearMiss({ text, onLeave }: PaletteMissProps) {
  const { api } = signedInRoute.useRouteContext()
  const sought = unwrapPasted(text).slice(0, PASTED_TEXT_MAX)
  const { data } = useQuery({
    ...api.payments.findMany.queryOptions({ lines: [{ line: 1, text: sought, repeatedOn: [] }] }),
    enabled: sought !== '',
  })
  const miss = data?.[0]?.miss
  if (!miss || (miss.near.length === 0 && miss.reason === 'unknown')) return null
  return (
    <p className="mb-2 break-words text-text">
      {miss.near.length > 0 ? 'Did you mean ' : missText(miss.reason, sought)}
      {miss.near.map((one, index) => (
        <Fragment key={one.id}>
          {index > 0 && ', '}
          <Link
            to="/payments/$paymentId"
            params={{ paymentId: one.id }}
            onClick={onLeave}
            className="rounded-sm font-medium text-accent underline"
          >
            {one.orderId ?? shortIdentifier(one.id)}
          </Link>
          {` (${slipText[one.slip]})`}
        </Fragment>
      ))}
      {miss.near.length > 0 && '?'}
    </p>
  )
}

interface PaletteMissProps {
  readonly text: string
  readonly onLeave: () => void
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Stands below what could be found all the same. */
export function PaletteFailure({ failed: { headings, error, retry } }: PaletteFailureProps) {
  const { kind, message, reference } = readFault(error)
  const missing = headings.join(', ').toLowerCase()
  return (
    <div className="flex-none p-4">
      <ErrorPanel
        title={
          kind === 'unreachable' ? 'Desk does not answer' : 'Desk could not look for all of it'
        }
        cause={kind === 'unreachable' ? `Not looked for: ${missing}.` : `${message} (${missing})`}
        wayOut="Nothing was changed. Everything else in here works."
        reference={reference}
        action={<Button onClick={retry}>Search again</Button>}
      />
    </div>
  )
}

interface PaletteFailureProps {
  readonly failed: Failure
}
