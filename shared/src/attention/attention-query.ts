import * as z from 'zod/mini'
import { role } from '../identity/role-schema.ts'
import { attentionKind, type AttentionKind } from './attention-kind.ts'

/** Besides roles. `mine` is what waits for me, for my roles or for nobody; `me` only what is in my name. */
const whose = z.union([z.enum(['anyone', 'mine', 'me', 'nobody']), role])
export type AttentionWhose = z.infer<typeof whose>

export const attentionSorts = ['oldest', 'stake', 'due'] as const
const attentionSort = z.enum(attentionSorts)
export type AttentionSort = z.infer<typeof attentionSort>

/** What of the queue is asked for; no kinds means any. What was resolved comes newest first, in no other order. */
export const attentionQuery = z.object({
  kinds: z.array(attentionKind).check(z.maxLength(30)),
  whose,
  state: z.enum(['open', 'resolved']),
  sort: attentionSort,
})
export type AttentionQuery = z.infer<typeof attentionQuery>

export const everythingOpen: AttentionQuery = {
  kinds: [],
  whose: 'anyone',
  state: 'open',
  sort: 'oldest',
}

export const attentionListInput = z.object({
  query: attentionQuery,
  cursor: z.nullish(z.string().check(z.maxLength(200))),
})

/** How the query stands in the address bar; defaults are left out. */
export interface AttentionSearch {
  kind?: string
  whose?: string
  state?: string
  sort?: string
}

/** Reads the address bar: what is not understood is left out and named, and nothing throws. */
export function readAttentionSearch(search: AttentionSearch): {
  readonly query: AttentionQuery
  readonly problems: readonly (keyof AttentionSearch)[]
} {
  const problems: (keyof AttentionSearch)[] = []
  const kinds: AttentionKind[] = []
  for (const word of search.kind?.split(',') ?? []) {
    const read = z.safeParse(attentionKind, word.trim())
    if (!read.success) problems.push('kind')
    else if (!kinds.includes(read.data)) kinds.push(read.data)
  }
  const read = <Field extends 'whose' | 'state' | 'sort'>(field: Field): AttentionQuery[Field] => {
    if (search[field] === undefined) return everythingOpen[field]
    const given = z.safeParse(attentionQuery, { ...everythingOpen, [field]: search[field] })
    if (given.success) return given.data[field]
    problems.push(field)
    return everythingOpen[field]
  }
  const query = { kinds, whose: read('whose'), state: read('state'), sort: read('sort') }
  return { query, problems: [...new Set(problems)] }
}

/** The inverse of `readAttentionSearch` for every query it can return. */
export function writeAttentionSearch(query: AttentionQuery): AttentionSearch {
  return {
    ...(query.kinds.length > 0 && { kind: query.kinds.join(',') }),
    ...(query.whose !== everythingOpen.whose && { whose: query.whose }),
    ...(query.state !== everythingOpen.state && { state: query.state }),
    ...(query.sort !== everythingOpen.sort && { sort: query.sort }),
  }
}

/** The totals over everything a query matches. Past the bound `exact` is false and all are lower limits. */
export interface AttentionSummary {
  readonly count: number
  readonly stakeCents: string
  readonly exact: boolean
  readonly byKind: readonly {
    readonly kind: AttentionKind
    readonly count: number
    readonly stakeCents: string
    /** When the one that waits longest was found; ISO 8601, UTC. */
    readonly oldestAt: string
  }[]
}

/** What waits for the person; where there is more than `count` of it, `isMore` is true. */
export interface AttentionBadge {
  readonly count: number
  readonly isMore: boolean
}
