import type { FoundLine } from '@desk/shared/payments/find-many'
import type { PaymentHit } from '@desk/shared/payments/payment-find'

/** One row of the answer: a payment of a line, or the line itself if it is none. */
export interface FoundRow {
  readonly id: string
  readonly found: FoundLine
  readonly hit: PaymentHit | null
  /** The last payment listed for a line that has still more. */
  readonly isCutOff: boolean
}

/** The rows in the order of the lines, of all of them or of those that were found or not. */
export function foundRows(
  lines: readonly FoundLine[],
  show: 'all' | 'found' | 'missing',
): readonly FoundRow[] {
  return lines.flatMap((found): FoundRow[] => {
    const { line, hits, hitCount, miss } = found
    if (miss) return show === 'found' ? [] : [{ id: `${line}`, found, hit: null, isCutOff: false }]
    if (show === 'missing') return []
    return hits.map((hit, index) => ({
      id: `${line}:${hit.id}`,
      found,
      hit,
      isCutOff: index === hits.length - 1 && hitCount > hits.length,
    }))
  })
}
