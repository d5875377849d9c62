import * as z from 'zod'
import type { Parameter, Schema } from './openapi-document.ts'

const schemasPath = '#/components/schemas/'

/** The named shapes as component schemas, which refer to each other by name. */
export function componentSchemas(
  shapes: Readonly<Record<string, z.ZodType>>,
): Readonly<Record<string, Schema>> {
  const registry = z.registry<{ id: string }>()
  for (const [id, shape] of Object.entries(shapes)) registry.add(shape, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => schemasPath + id, override: tidy })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]))
}

/** A reference to the component schema of that name. */
export function schemaNamed(name: string): Schema {
  return { $ref: schemasPath + name }
}

/** What a member means, and what its zod schema does not say of it. */
export type Note = Schema & { readonly description: string }

/** What a caller sends, read off the schema that the route reads it by; every member has its note. */
export function bodySchema<T extends z.ZodRawShape>(
  body: z.ZodObject<T>,
  notes: Readonly<Record<keyof T & string, Note>>,
): Schema {
  const schema = read(body, 'input')
  return { ...schema, properties: noted(schema, notes) }
}

/** A body as its route reads it, whatever its form. */
export function anyBodySchema(body: z.ZodType): Schema {
  return read(body, 'input')
}

/** The query parameters of a route, read off its schema; every one has its note. */
export function queryParameters<T extends z.ZodRawShape>(
  query: z.ZodObject<T>,
  notes: Readonly<Record<keyof T & string, Note>>,
): readonly Parameter[] {
  // What comes out of the schema is what is meant; what goes in is always text.
  const members = noted(read(query, 'output'), notes)
  return Object.entries(members).map(([name, { description = '', ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema,
  }))
}

function read(schema: z.ZodType, io: 'input' | 'output'): Schema {
  return bare(z.toJSONSchema(schema, { io, unrepresentable: 'any', override: tidy }))
}

/** A document says once what JSON Schema it uses, and names its schemas by where they stand. */
function bare(schema: Schema): Schema {
  const { $schema: _, $id: __, ...rest } = schema
  return rest
}

function noted(schema: Schema, notes: Readonly<Record<string, Note>>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, member]) => [
      name,
      { ...(typeof member === 'object' && member), ...notes[name] },
    ]),
  )
}

/**
 * Leaves out what says nothing to a reader: the bounds of JavaScript's integers, patterns that a
 * format stands for, and that there is nothing else. Readers of answers must put up with more.
 */
function tidy({ jsonSchema }: { jsonSchema: Schema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}
