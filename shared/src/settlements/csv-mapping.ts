import * as z from 'zod/mini'

const column = z.int().check(z.minimum(0), z.maximum(199))
const maybe = z.nullable(column)

/** Which column of a bank's CSV file says what, counted from 0. Null where none says it. */
export const csvMapping = z.object({
  bookedOn: column,
  valueOn: maybe,
  dateOrder: z.enum(['year_month_day', 'day_month_year', 'month_day_year']),
  /** One column with a sign, or one for what came in and one for what went out. */
  amount: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('signed'), column }),
    z.object({ kind: z.literal('split'), credit: column, debit: column }),
  ]),
  decimalMark: z.enum(['.', ',']),
  reference: maybe,
  counterparty: maybe,
  description: maybe,
  /** Where they are there, rows of another currency or account are refused. */
  currency: maybe,
  account: maybe,
  originalAmount: maybe,
  originalCurrency: maybe,
  rate: maybe,
  charge: maybe,
})
export type CsvMapping = z.infer<typeof csvMapping>

/** Remembered mappings, by the SHA-256 of a file's headings. */
export const csvMappings = z.record(z.string(), csvMapping)
