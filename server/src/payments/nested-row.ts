import type { Expression } from 'kysely'

/** The row that a nested array or object of rows is made of. Instants in it are text, as JSON has them. */
export type NestedRow<Build extends (...args: never[]) => Expression<unknown>> =
  ReturnType<Build> extends Expression<infer Value>
    ? Value extends readonly (infer Row)[]
      ? Row
      : NonNullable<Value>
    : never

/** ISO 8601 UTC from the way Postgres writes an instant into JSON. */
export function toInstant(text: string): string {
  return new Date(text).toISOString()
}

export function toInstantOrNull(text: string | null): string | null {
  return text === null ? null : toInstant(text)
}
