import { formatCents } from '@desk/shared/money/amount-cents'
import { baseUnitsToDecimal } from '@desk/shared/money/base-units'
import type { TokenSnapshot } from '@desk/shared/payments/payment-snapshot'
import type { Slippage } from '@desk/shared/quotes/slippage'

/** `"1.00000000"` → `"1.0000"`, `"3742.05353900"` → `"3,742.0535"`: four decimals to read, cut and not rounded. */
export function rateText(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${grouped}.${fraction.padEnd(4, '0').slice(0, 4)}`
}

export interface SlippageText {
  /** `"−235 bp"`, to compare. */
  readonly short: string
  /** `"−$2.10"`; null where the quote has no price. */
  readonly money: string | null
  /** All of it by line: percent, tokens, base units. */
  readonly full: string
  readonly isShort: boolean
}

/** How far a receipt is off its quote, in every unit that somebody asks for. */
export function slippageText(
  { basisPoints, cents, baseUnits }: Slippage,
  { token, currency }: { readonly token: TokenSnapshot; readonly currency: string },
): SlippageText {
  const sign = basisPoints < 0 ? '−' : basisPoints > 0 ? '+' : ''
  const magnitude = Math.abs(basisPoints)
  const percent = `${Math.floor(magnitude / 100)}.${String(magnitude % 100).padStart(2, '0')} %`
  const plus = baseUnits.startsWith('-') || baseUnits === '0' ? '' : '+'
  const money = cents === null ? null : `${cents > 0 ? '+' : ''}${formatCents(cents, { currency })}`
  const units = `${plus}${baseUnits.replace('-', '−')} base units`
  const tokens =
    token.decimals === null
      ? []
      : [
          `${plus}${baseUnitsToDecimal({ baseUnits, decimals: token.decimals }).replace('-', '−')} ${token.symbol}`,
        ]
  return {
    short: `${sign}${magnitude} bp`,
    money,
    full: [`${sign}${percent} against the quote`, ...tokens, units].join('\n'),
    isShort: baseUnits.startsWith('-'),
  }
}
