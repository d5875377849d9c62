/** The address of the bank lines: which are shown, and the line or statement that is open. */
export interface BankSearch {
  lines?: ShownLines
  /** Only lines of this account, and only those that this statement brought. */
  account?: string
  from?: string
  statement?: string
  line?: string
}

export const shownLines = ['open', 'matched', 'set_aside', 'all'] as const
export type ShownLines = (typeof shownLines)[number]

/** Keeps only what can be meant. */
export function keepBankSearch(search: Readonly<Record<string, unknown>>): BankSearch {
  const { lines, account, from, statement, line } = search
  const known = shownLines.find((each) => each === lines)
  return {
    ...(known !== undefined && { lines: known }),
    ...(isId(account) && { account }),
    ...(isId(from) && { from }),
    ...(isId(statement) && { statement }),
    ...(typeof line === 'string' && /^\d{1,15}$/.test(line) && { line }),
  }
}

function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[-0-9a-f]{1,64}$/.test(text)
}
