import { ArrowUpRight } from 'lucide-react'
import { useState } from 'react'
import { announce } from './announce.tsx'
import { toClipboard } from './clipboard.ts'
import { shortIdentifier } from './identifier-text.ts'
import { tip } from './tooltip.tsx'

/**
 * An id, hash or address that copies on click. `label` names it for screen readers and in the
 * announcement ("Deposit address"); `href` adds a link to an explorer; `full` shows all of it where
 * there is room and clips, never wraps, where there is not.
 */
export function Identifier({ value, label = 'Identifier', href, full = false }: IdentifierProps) {
  const [outcome, setOutcome] = useState<string | null>(null)
  const copy = async () => {
    const said = (await toClipboard(value)) ? 'Copied' : 'Could not copy: select the text instead'
    setOutcome(said)
    announce(`${label}: ${said.toLowerCase()}`)
  }
  return (
    <span className="inline-flex max-w-full items-center gap-1 align-bottom whitespace-nowrap">
      <button
        type="button"
        {...tip(outcome ?? `${value}\nClick to copy`)}
        onPointerEnter={() => setOutcome(null)}
        onClick={(event) => {
          event.stopPropagation()
          void copy()
        }}
        className="max-w-full truncate rounded-sm font-mono text-xs tracking-tight hover:text-accent"
      >
        <span className="sr-only">Copy {label} </span>
        {full ? value : shortIdentifier(value)}
      </button>
      {href && (
        <a
          href={href}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={`${label} in the block explorer`}
          {...tip('Open in the block explorer')}
          className="inline-grid size-6 flex-none place-items-center rounded-sm text-faint hover:bg-hover hover:text-accent"
        >
          <ArrowUpRight aria-hidden className="size-3.5" />
        </a>
      )}
    </span>
  )
}

interface IdentifierProps {
  readonly value: string
  readonly label?: string | undefined
  readonly href?: string | null | undefined
  readonly full?: boolean
}
