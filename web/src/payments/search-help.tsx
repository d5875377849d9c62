import type { ReactNode } from 'react'
import { parseSearch } from '@desk/shared/payments/parse-search'
import type { PaymentSort } from '@desk/shared/payments/payment-query'
import { searchFields } from '@desk/shared/payments/search-fields'
import { Dialog } from '../ui/dialog.tsx'
import { useChangeQuery } from './use-change-query.ts'

/** What can be asked of the payments, each with an example that a click tries. Mounted open. */
export function SearchHelp({ sort, onClose }: SearchHelpProps) {
  const change = useChangeQuery()
  const tried = (example: string) => {
    change({ ...parseSearch(example).query, sort })
    onClose()
  }
  return (
    <Dialog
      title="How to search"
      description="Paste an order, a payment id, an address, a hash or a link: it is looked up over all time. Names with a colon narrow the list."
      onClose={onClose}
    >
      <Examples heading="What can be asked">
        {searchFields.map(({ name, hint, example }) => (
          <Example key={name} example={example} hint={hint} onTry={tried} />
        ))}
      </Examples>
      <Examples heading="Put together">
        {combinations.map(({ example, hint }) => (
          <Example key={example} example={example} hint={hint} onTry={tried} />
        ))}
      </Examples>
      <p className="text-xs text-muted">
        A click tries an example instead of the present search; going back brings that again. In the
        field, ↓ lists what can come next and F2 turns the whole search into text.
      </p>
    </Dialog>
  )
}

interface SearchHelpProps {
  readonly sort: PaymentSort
  readonly onClose: () => void
}

const combinations = [
  { example: 'status:failed,expired', hint: 'one or the other' },
  { example: 'status:completed token:USDC', hint: 'both' },
  { example: '-network:base', hint: 'all but these' },
  { example: '"status page"', hint: 'exactly these words' },
  { example: 'amount:>100', hint: 'more than; also <, >=, <= and 10..20' },
  { example: 'created:2026-04-01..2026-04-30', hint: 'both days included' },
] as const

function Examples({
  heading,
  children,
}: {
  readonly heading: string
  readonly children: ReactNode
}) {
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-faint">{heading}</h3>
      <ul className="-mx-2">{children}</ul>
    </section>
  )
}

function Example({ example, hint, onTry }: ExampleProps) {
  return (
    <li>
      <button
        type="button"
        onClick={() => onTry(example)}
        className="flex min-h-8 w-full flex-wrap items-baseline gap-x-3 rounded-sm px-2 py-1.5 text-left hover:bg-hover max-md:min-h-11"
      >
        <code className="text-xs font-medium text-accent">{example}</code>
        <span className="text-xs text-muted">{hint}</span>
      </button>
    </li>
  )
}

interface ExampleProps {
  readonly example: string
  readonly hint: string
  readonly onTry: (example: string) => void
}
