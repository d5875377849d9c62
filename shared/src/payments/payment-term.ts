import * as z from 'zod/mini'
import { storable } from '../text/storable.ts'

/** Our own judgements that a search can ask for. */
export const judgements = [
  'underpaid',
  'overpaid',
  'late',
  'stuck',
  'drifted',
  'unmatched',
] as const
export type Judgement = (typeof judgements)[number]

/** What a search can ask for beyond the filters, and what it can leave out. `text` is a free word. */
export const termNames = [
  'order',
  'address',
  'tx',
  'from',
  'meta',
  'has',
  'tag',
  'assignee',
  'status',
  'type',
  'token',
  'network',
  'is',
  'amount',
  'created',
  'text',
] as const
export type TermName = (typeof termNames)[number]

/** What the filters of a query say better when it is asked for, so a term of these only ever leaves out. */
const filterNames: ReadonlySet<TermName> = new Set([
  'status',
  'type',
  'token',
  'network',
  'is',
  'amount',
  'created',
  'text',
])

const said = z.string().check(z.minLength(1), z.maxLength(200), storable)

/** One condition of a search, such as `order:A-17` or `-status:failed`. */
export const paymentTerm = z
  .object({
    name: z.enum(termNames),
    /** The path in the metadata; null for all other names. */
    key: z.nullable(said),
    value: said,
    isNot: z.boolean(),
  })
  .check(
    z.refine(({ name, key }) => (name === 'meta') === (key !== null), {
      error: 'only meta has a key',
    }),
    z.refine(({ name, isNot }) => isNot || !filterNames.has(name), {
      error: 'is asked for by a filter',
    }),
  )
export type PaymentTerm = z.infer<typeof paymentTerm>
