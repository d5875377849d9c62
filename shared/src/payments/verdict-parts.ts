import type { AmountCents } from '../money/amount-cents.ts'

/** A piece of a sentence. What depends on the reader's zone and grouping is left for the screen to format. */
export type VerdictPart =
  | string
  /** ISO 8601 UTC. */
  | { readonly kind: 'time'; readonly at: string }
  | { readonly kind: 'money'; readonly cents: AmountCents; readonly currency: string }
  | {
      readonly kind: 'tokens'
      readonly baseUnits: string
      readonly decimals: number
      readonly symbol: string
    }

export type VerdictText = readonly VerdictPart[]

/** A template whose holes take pieces and whole texts: say`Paid ${amount} at ${time}.` */
export function say(
  strings: TemplateStringsArray,
  ...holes: readonly (VerdictPart | VerdictText)[]
): VerdictText {
  return strings
    .flatMap((text, index) => [text, ...asText(holes[index] ?? '')])
    .filter((part) => part !== '')
}

function asText(hole: VerdictPart | VerdictText): VerdictText {
  return isText(hole) ? hole : [hole]
}

function isText(hole: VerdictPart | VerdictText): hole is VerdictText {
  return Array.isArray(hole)
}
