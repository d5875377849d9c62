import { formatCents } from '@desk/shared/money/amount-cents'
import { baseUnitsToDecimal } from '@desk/shared/money/base-units'
import type { VerdictPart, VerdictText } from '@desk/shared/payments/verdict-parts'
import { letterText } from '../ui/moment-text.ts'

/** The reply as plain text for a customer anywhere: days with year and zone, token amounts to the last decimal. */
export function replyText(reply: VerdictText, zone: string): string {
  return reply.map((part) => partText(part, zone)).join('')
}

function partText(part: VerdictPart, zone: string): string {
  if (typeof part === 'string') return part
  switch (part.kind) {
    case 'time':
      return letterText(part.at, zone)
    case 'money':
      return formatCents(part.cents, { currency: part.currency })
    case 'tokens':
      return `${withoutNeedlessZeros(baseUnitsToDecimal(part))} ${part.symbol}`
  }
}

/** `"89.500000"` → `"89.50"`: whoever has to send an amount needs every digit that counts. */
function withoutNeedlessZeros(decimal: string): string {
  return decimal.replace(/(\.\d{2}\d*?)0+$/, '$1')
}
