import type { ClipboardEvent } from 'react'
import { formatCents } from '@desk/shared/money/amount-cents'
import {
  baseUnitsToDecimal,
  formatTokenAmount,
  type TokenAmount as TokenUnits,
} from '@desk/shared/money/base-units'
import { readersLocale } from './readers-locale.ts'
import { tip } from './tooltip.tsx'

/** Fiat cents, in the reader's own grouping; figures keep one width so that columns line up. */
export function Amount({ cents, currency = 'USD' }: AmountProps) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {formatCents(cents, { currency, locale: readersLocale })}
    </span>
  )
}

interface AmountProps {
  readonly cents: number | bigint
  readonly currency?: string
}

/** Up to 8 significant decimals to read; every decimal in the tooltip and in the clipboard. */
export function TokenAmount({ amount, symbol, isBare = false }: TokenAmountProps) {
  const exact = `${baseUnitsToDecimal(amount)} ${symbol}`
  return (
    <span
      {...tip(exact)}
      onCopy={(event) => copyExact(event, exact)}
      className="whitespace-nowrap tabular-nums"
    >
      {formatTokenAmount(amount)}
      {!isBare && ` ${symbol}`}
    </span>
  )
}

interface TokenAmountProps {
  readonly amount: TokenUnits
  readonly symbol: string
  /** Where the symbol stands beside it already: then it is in the tooltip and in the clipboard alone. */
  readonly isBare?: boolean
}

/** Only when this amount alone is selected: a copied row should stay as it was seen. */
function copyExact(event: ClipboardEvent<HTMLElement>, exact: string): void {
  const selected = getSelection()?.toString().trim()
  if (selected !== event.currentTarget.textContent) return
  event.preventDefault()
  event.clipboardData.setData('text/plain', exact)
}
