import * as z from 'zod'

/** One thing an effect can be told, as a form has to know it. */
export interface EffectParameter {
  readonly name: string
  readonly does: string
  /** `integer_or_text` takes both: digits count as a number. */
  readonly type: 'integer' | 'text' | 'choice' | 'integer_or_text'
  readonly isRequired: boolean
  /** What is taken when it is left out; null is nothing. */
  readonly default: string | number | null
  readonly minimum: number | null
  readonly maximum: number | null
  /** Of a choice. */
  readonly choices: readonly string[]
}

const described = z.object({
  required: z.array(z.string()).default([]),
  properties: z.record(
    z.string(),
    z.object({
      description: z.string().default(''),
      type: z.string().optional(),
      enum: z.array(z.string()).default([]),
      anyOf: z.array(z.unknown()).optional(),
      default: z.union([z.string(), z.number()]).nullable().default(null),
      minimum: z.number().nullable().default(null),
      exclusiveMinimum: z.number().optional(),
      maximum: z.number().nullable().default(null),
    }),
  ),
})

/** What an effect takes besides its kind: read from the schema that judges it, so that forms and refusals cannot disagree. */
export function parametersOf(option: z.ZodType): EffectParameter[] {
  const { properties, required } = described.parse(z.toJSONSchema(option, { io: 'input' }))
  return Object.entries(properties).flatMap(([name, property]) => {
    if (name === 'kind') return []
    const { exclusiveMinimum } = property
    return [
      {
        name,
        does: property.description,
        type: typeOf(property),
        isRequired: required.includes(name),
        default: property.default,
        minimum: exclusiveMinimum === undefined ? property.minimum : exclusiveMinimum + 1,
        maximum: property.maximum,
        choices: property.enum,
      },
    ]
  })
}

function typeOf(property: {
  readonly type?: string | undefined
  readonly enum: readonly string[]
  readonly anyOf?: readonly unknown[] | undefined
}): EffectParameter['type'] {
  if (property.anyOf) return 'integer_or_text'
  if (property.enum.length > 0) return 'choice'
  return property.type === 'integer' ? 'integer' : 'text'
}
