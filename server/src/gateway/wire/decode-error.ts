import type * as z from 'zod'

/** An answer or event that does not say what the contract says; names the first field at fault. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
  /** Dotted path of the field, such as `quotes.0.chainId`; empty when the whole value is at fault. */
  readonly path: string
  readonly problem: string

  constructor(path: string, problem: string) {
    super(path === '' ? problem : `${path}: ${problem}`)
    this.path = path
    this.problem = problem
  }
}

/** Parses by `schema`. Throws DecodeError, whose text never repeats the value that was sent. */
export function decodeWith<Schema extends z.ZodType>(
  schema: Schema,
  json: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new DecodeError(issue?.path.map(String).join('.') ?? '', issue?.message ?? 'is not valid')
}
