import { type Html, html } from '../../pages/html.ts'
import type { Schema } from '../openapi-document.ts'

interface Member {
  readonly name: string
  readonly schema: Schema
  readonly isRequired: boolean
}

/** The members of an object, those of objects within it by their path; a schema with a name is linked instead. */
export function schemaMembers(schema: Schema): Html {
  const members = membersOf(schema, '')
  if (members.length === 0) return html`<p>${typeText(schema)}</p>`
  return html`<dl class="members">
    ${members.map(({ name, schema, isRequired }) =>
      member(name, { schema, note: isRequired ? null : 'optional' }),
    )}
  </dl>`
}

/** One member, parameter or header: its name, form and meaning. */
export function member(
  name: string,
  {
    schema,
    note,
    description = schema.description ?? '',
  }: {
    readonly schema: Schema
    readonly note: string | null
    readonly description?: string
  },
): Html {
  return html`<div>
    <dt>
      <code class="name">${name}</code> <span class="type">${typeText(schema)}</span>
      ${note === null ? null : html`<span class="note">${note}</span>`}
    </dt>
    <dd>${description}${limits(schema)}</dd>
  </div>`
}

function membersOf(schema: Schema, path: string): readonly Member[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    if (typeof property === 'boolean') return []
    const name = path + key
    const inner = itemOf(property)
    const isList = inner !== property
    const own = { name, schema: property, isRequired: required.has(key) }
    return inner.$ref === undefined
      ? [own, ...membersOf(inner, `${name}${isList ? '[]' : ''}.`)]
      : [own]
  })
}

/** What a list is a list of; anything else is itself. */
function itemOf(schema: Schema): Schema {
  const { items } = schema
  return typeof items === 'object' && !Array.isArray(items) ? items : schema
}

/** The form of a value in words, with links to schemas by name. */
function typeText(schema: Schema): Html {
  if (schema.$ref !== undefined) return reference(schema.$ref)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return joined(choices.map(typeText))
  if (schema.const !== undefined) return html`always ${JSON.stringify(schema.const)}`
  const kind = schema.properties?.['kind']
  if (typeof kind === 'object') return html`<code>${String(kind.const)}</code>`
  const names = [schema.type ?? 'any'].flat()
  const inner = itemOf(schema)
  return joined(
    names.map((name) => {
      if (name === 'array' && inner !== schema) return html`list of ${typeText(inner)}`
      return html`${name}${name === 'string' && schema.format ? ` (${schema.format})` : ''}`
    }),
  )
}

function joined(parts: readonly Html[]): Html {
  return html`${parts.map((part, index) => html`${index === 0 ? '' : ' or '}${part}`)}`
}

function reference(path: string): Html {
  const name = path.split('/').at(-1) ?? ''
  return html`<a href="#schema-${name}">${name}</a>`
}

function limits(schema: Schema): Html | null {
  // What may be null is limited as what it is otherwise.
  const {
    minimum,
    maximum,
    minLength = 0,
    maxLength,
    enum: values,
  } = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema
  const said = [
    values && `One of ${values.map(String).join(', ')}.`,
    minimum !== undefined && maximum !== undefined && `From ${minimum} to ${maximum}.`,
    minimum !== undefined && maximum === undefined && `At least ${minimum}.`,
    maxLength !== undefined && `${minLength} to ${maxLength} characters.`,
    schema.default !== undefined && `${JSON.stringify(schema.default)} when left out.`,
  ].filter((sentence) => typeof sentence === 'string')
  return said.length === 0 ? null : html` <span class="limits">${said.join(' ')}</span>`
}
