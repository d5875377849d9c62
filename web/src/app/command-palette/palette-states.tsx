import { Link } from '@tanstack/react-router'
import { buttonClass, Button } from '../../ui/button.tsx'
import { EmptyState, ErrorPanel } from '../../ui/panel.tsx'
import { readFault } from '../fault.ts'
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
