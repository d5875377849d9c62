import { type RequestState, requestStates } from '@desk/shared/withdrawals/request-state'

/** The address of the list: which part of it is open, and what is looked for. */
export interface WithdrawalsSearch {
  part?: Part
  q?: string
}

/** What the list can be narrowed to; `inbox` is what waits for the reader, `outside` what nobody asked for here. */
const parts = ['inbox', 'open', 'drafts', 'ended', 'all', 'outside'] as const
export type Part = (typeof parts)[number]
/** Those that list requests by their states. */
export type RequestPart = Exclude<Part, 'inbox' | 'outside'>

const open = ['pending_approval', 'approved', 'sending', 'submitted', 'processing', 'unknown']
const drafts = ['draft', 'rejected', 'expired']

/** The states that a part shows; undefined for all of them. */
export function statesOf(part: Part): RequestState[] | undefined {
  if (part === 'all' || part === 'inbox' || part === 'outside') return undefined
  const wanted =
    part === 'open' ? open : part === 'drafts' ? drafts : ['completed', 'failed', 'cancelled']
  return requestStates.filter((state) => wanted.includes(state))
}

export function keepWithdrawalsSearch(
  search: Readonly<Record<string, unknown>>,
): WithdrawalsSearch {
  const { part, q } = search
  const known = parts.find((one) => one === part)
  return {
    ...(known !== undefined && { part: known }),
    ...(typeof q === 'string' && q !== '' && { q }),
  }
}
