import { formatCents } from '@desk/shared/money/amount-cents'
import type { Slippage } from '@desk/shared/quotes/slippage'

/** `"1.00000000"` → `"1.0000"`, `"3742.05353900"` → `"3,742.0535"`: four decimals to read, cut and not rounded. */
export function rateText(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${grouped}.${fraction.padEnd(4, '0').slice(0, 4)}`
}

/** Basis points to compare, dollars and percent for whoever asks. */
export function slippageText({ basisPoints, cents }: Slippage): {
  short: string
  full: string
  isShort: boolean
} {
  const sign = basisPoints < 0 ? '−' : basisPoints > 0 ? '+' : ''
  const magnitude = Math.abs(basisPoints)
  const percent = `${Math.floor(magnitude / 100)}.${String(magnitude % 100).padStart(2, '0')} %`
  const money = cents === null ? '' : ` (${cents > 0 ? '+' : ''}${formatCents(cents)})`
  return {
    short: `${sign}${magnitude} bp`,
    full: `${sign}${percent}${money} against the quote`,
    isShort: basisPoints < 0,
  }
}
