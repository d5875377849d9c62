import type { VerdictPart, VerdictText } from '@desk/shared/payments/verdict-parts'
import { Fragment } from 'react'
import { Amount, TokenAmount } from '../ui/amount.tsx'
import { ClockText } from '../ui/moment.tsx'

/** A text of the verdict in the reader's own grouping and the business zone. */
export function VerdictWords({ text }: { readonly text: VerdictText }) {
  // The pieces of one text keep their places.
  return text.map((part, place) => (
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={place}>
      <Piece part={part} />
    </Fragment>
  ))
}

function Piece({ part }: { readonly part: VerdictPart }) {
  if (typeof part === 'string') return part
  switch (part.kind) {
    case 'time':
      return <ClockText at={part.at} />
    case 'money':
      return <Amount cents={part.cents} currency={part.currency} />
    case 'tokens':
      return <TokenAmount amount={part} symbol={part.symbol} />
  }
}
