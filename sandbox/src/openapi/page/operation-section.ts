import { type Html, html } from '../../pages/html.ts'
import type {
  Content,
  Example,
  OpenApiDocument,
  Parameter,
  Reference,
  Response,
  Schema,
} from '../openapi-document.ts'
import { curlOf, type Place } from './curl.ts'
import { jsonBlock, prose } from './prose.ts'
import { member, schemaMembers } from './schema-members.ts'

export interface Told {
  readonly document: OpenApiDocument
  /** What credentials read in examples, by the name of their scheme. */
  readonly credentials: Readonly<Record<string, string>>
}

/** One route: what it does, what it takes, a call to paste, and everything it may answer. */
export function operationSection(told: Told, place: Place): Html {
  const { operation } = place
  return html`<section id="${operation.operationId}">
    <h3>${operation.summary}</h3>
    <p class="route">${method(place)} <code>${place.path}</code></p>
    ${prose(operation.description)} ${credential(told.document, place)}
    ${parameters(operation.parameters)} ${body(told.document, operation.requestBody?.content)}
    <h4>Example call</h4>
    <pre
      class="call"
      tabindex="0"
    ><code>${curlOf(told.document, place, told.credentials)}</code></pre>
    <h4>Answers</h4>
    ${responses(told.document, operation.responses)}
  </section>`
}

/** One webhook: it is the receiver who is called. */
export function webhookSection(document: OpenApiDocument, place: Place): Html {
  const { operation } = place
  return html`<section id="${operation.operationId}">
    <h3>${operation.summary}</h3>
    <p class="route">${method(place)} <code>${place.path}</code></p>
    ${prose(operation.description)} ${parameters(operation.parameters)}
    ${body(document, operation.requestBody?.content)}
    <h4>What to answer</h4>
    ${responses(document, operation.responses)}
  </section>`
}

/** The method as a small coloured word. */
export function method({ method }: Pick<Place, 'method'>): Html {
  return html`<span class="method ${method}">${method.toUpperCase()}</span>`
}

function credential(document: OpenApiDocument, { operation }: Place): Html {
  const names = operation.security
    .flatMap((needed) => Object.keys(needed))
    .map((scheme) => document.components.securitySchemes[scheme]?.name ?? scheme)
  return names.length === 0
    ? html`<p class="muted">Needs no credential.</p>`
    : html`<p class="muted">
        Needs the header ${names.map((name) => html`<code>${name}</code>`)}.
      </p>`
}

const places = { path: 'in the path', query: 'in the query', header: 'header' } as const

function parameters(all: readonly Parameter[]): Html | null {
  if (all.length === 0) return null
  return html`<h4>Parameters</h4>
    <dl class="members">
      ${all.map(({ name, schema, description, ...parameter }) =>
        member(name, {
          schema,
          description,
          note: `${places[parameter.in]}${parameter.required ? '' : ', optional'}`,
        }),
      )}
    </dl>`
}

function body(document: OpenApiDocument, content: Content | undefined): Html | null {
  if (!content) return null
  const { schema, examples } = content['application/json']
  return html`<h4>Body</h4>
    ${bodyForms(document, schema)} ${exampleBlocks(document, examples)}`
}

/** Each form the body may have with its members: they are what a reader comes for. */
function bodyForms(document: OpenApiDocument, schema: Schema): readonly Html[] {
  const forms = schema.oneOf ?? schema.anyOf ?? [schema]
  return forms.map((form, index) => {
    const named = form.$ref === undefined ? form : document.components.schemas[lastPart(form.$ref)]
    if (named === undefined) throw new Error(`The document has no ${form.$ref}.`)
    return html`${index === 0 ? null : html`<p class="caption">or</p>`}
    ${named.description === undefined ? null : html`<p>${named.description}</p>`}
    ${schemaMembers(named)}`
  })
}

function lastPart(pointer: string): string {
  return pointer.split('/').at(-1) ?? ''
}

function responses(
  document: OpenApiDocument,
  all: Readonly<Record<string, Response>>,
): readonly Html[] {
  return Object.entries(all).map(([status, { description, headers, content }]) => {
    const json = content?.['application/json']
    if (!json) return html`<p><b>${status}</b> ${description}</p>`
    return html`<details>
      <summary><b class="status-${status.charAt(0)}">${status}</b> ${description}</summary>
      ${schemaMembers(json.schema)}
      <dl class="members">
        ${Object.entries(headers).map(([name, header]) =>
          member(name, {
            schema: header.schema,
            description: header.description,
            note: header.required ? 'header' : 'header, optional',
          }),
        )}
      </dl>
      ${exampleBlocks(document, json.examples)}
    </details>`
  })
}

function exampleBlocks(
  document: OpenApiDocument,
  examples: Readonly<Record<string, Example | Reference>>,
): readonly Html[] {
  return Object.values(examples).map((given) => {
    const example = resolved(document, given)
    return html`<p class="caption">${example.summary}</p>
      ${jsonBlock(example.value)}`
  })
}

function resolved(document: OpenApiDocument, given: Example | Reference): Example {
  if ('value' in given) return given
  const example = document.components.examples[lastPart(given.$ref)]
  if (!example) throw new Error(`The document has no ${given.$ref}.`)
  return example
}
