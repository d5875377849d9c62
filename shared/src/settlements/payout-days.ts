/** Days that one payment of SpacePay's covers at most: a long weekend with its holidays. */
const daysMax = 7
const dayMs = 86_400_000

/** Whether the text of a bank line names SpacePay. */
export function namesSpacePay(text: string): boolean {
  return /\bspace ?pay\b/i.test(text)
}

/**
 * The business days that the reference of a payout names, in order: `SPACEPAY PAYOUT 20261120`, or
 * `20261120-20261122` for all from one to another. Empty where the text names no SpacePay or no day.
 */
export function payoutDays(text: string): readonly string[] {
  if (!namesSpacePay(text)) return []
  const named = [...text.matchAll(/(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)/g)].map(
    ([, year = '', month = '', day = ''], index, all) => ({
      at: Date.parse(`${year}-${month}-${day}T00:00:00Z`),
      // A dash between two days, or `to`, means those between them too.
      isEnd: /^\s*(?:-|–|to|\/)\s*$/i.test(between(text, all[index - 1], all[index])),
      isReal: isReal(`${year}-${month}-${day}`),
    }),
  )
  const days = new Set<number>()
  for (const [index, { at, isEnd, isReal: isDay }] of named.entries()) {
    if (!isDay) return []
    const before = isEnd ? named[index - 1]?.at : undefined
    for (let each = before ?? at; each <= at && days.size <= daysMax; each += dayMs) days.add(each)
    days.add(at)
  }
  if (days.size > daysMax) return []
  return [...days].toSorted((a, b) => a - b).map((at) => new Date(at).toISOString().slice(0, 10))
}

function between(
  text: string,
  before: RegExpExecArray | undefined,
  after: RegExpExecArray | undefined,
): string {
  return before && after ? text.slice(before.index + before[0].length, after.index) : ''
}

function isReal(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}
