import * as z from 'zod'

const fieldsOf = z.record(z.string(), z.unknown())

/** The fields of a form or query as they were typed. */
export function typedFields(input: unknown): Record<string, string> {
  const read = fieldsOf.safeParse(input)
  const fields = read.success ? Object.entries(read.data) : []
  return Object.fromEntries(
    fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

/** Fields that were left empty count as not sent. */
export function filledFields(input: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(typedFields(input)).filter(([, text]) => text !== ''))
}

/** Forms send text: what reads as a number in one of these fields becomes one, the rest is left to be refused. */
export function withNumbers(
  fields: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, unknown> {
  const read = (name: string, text: string) =>
    names.includes(name) && /^\s*-?\d{1,12}(\.\d{1,6})?\s*$/.test(text) ? Number(text) : text
  return mapped(fields, read)
}

/** A choice between yes and no is sent as `true` or `false`. */
export function withTruth(
  fields: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const read = (name: string, value: unknown) =>
    names.includes(name) && (value === 'true' || value === 'false') ? value === 'true' : value
  return mapped(fields, read)
}

function mapped<T>(
  fields: Readonly<Record<string, T>>,
  read: (name: string, value: T) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, read(name, value)]),
  )
}
