import { type Html, html } from '../../pages/html.ts'
import { page } from '../../pages/page.ts'
import type { Method, OpenApiDocument, PathItem } from '../openapi-document.ts'
import type { Place } from './curl.ts'
import { method, operationSection, type Told, webhookSection } from './operation-section.ts'
import { prose } from './prose.ts'
import { schemaMembers } from './schema-members.ts'

interface DocsLink {
  readonly path: string
  readonly name: string
}

/** The document as one page to read: contents, routes by tag, refusals and schemas. */
export function docsPage(told: Told, links: readonly DocsLink[]): string {
  const { document } = told
  const groups = document.tags.map((tag) => ({
    tag,
    places: placesIn(document.paths, tag.name),
    webhooks: placesIn(document.webhooks ?? {}, tag.name),
  }))
  const { schemas, examples, securitySchemes } = document.components
  return page({
    title: document.info.title,
    styles: ['/docs/docs.css'],
    scripts: ['/docs/docs.js'],
    body: html`<main class="docs">
      <nav class="contents" aria-label="Contents">
        ${groups.map(({ tag, places, webhooks }) => contents(tag.name, [...places, ...webhooks]))}
        <p><a href="#refusals">Refusals</a></p>
        <p><a href="#schemas">Schemas</a></p>
      </nav>
      <div class="text">
        <section>
          <h1>${document.info.title}</h1>
          ${prose(document.info.description)}
          <dl class="facts">
            <dt>Address</dt>
            <dd><code>${document.servers[0]?.url ?? ''}</code></dd>
            ${Object.values(securitySchemes).map(
              ({ name, description }) =>
                html`<dt><code>${name}</code></dt>
                  <dd>${description}</dd>`,
            )}
          </dl>
          <p class="links">${links.map(({ path, name }) => html`<a href="${path}">${name}</a>`)}</p>
        </section>
        ${groups.map(
          ({ tag, places, webhooks }) =>
            html`<h2 id="tag-${tag.name}">${tag.name}</h2>
              <p>${tag.description}</p>
              ${places.map((place) => operationSection(told, place))}
              ${webhooks.map((place) => webhookSection(document, place))}`,
        )}
        ${refusals(examples)} ${schemaSections(schemas)}
      </div>
    </main>`,
  })
}

const methods = ['post', 'get', 'patch', 'delete'] as const satisfies readonly Method[]

function placesIn(paths: Readonly<Record<string, PathItem>>, tag: string): readonly Place[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((name) => {
      const operation = item[name]
      return operation?.tags.includes(tag) ? [{ method: name, path, operation }] : []
    }),
  )
}

function contents(tag: string, places: readonly Place[]): Html {
  return html`<p><a href="#tag-${tag}">${tag}</a></p>
    <ul>
      ${places.map(
        (place) =>
          html`<li>
            <a href="#${place.operation.operationId}"
              >${method(place)} ${place.operation.summary}</a
            >
          </li>`,
      )}
    </ul>`
}

interface Refused {
  readonly statusCode: number
  readonly code: string
  readonly error: { readonly type: string; readonly code: string }
}

function refusals(examples: OpenApiDocument['components']['examples']): Html {
  const rows = Object.values(examples).flatMap(({ summary, value }) =>
    isRefusal(value) ? [{ summary, ...value }] : [],
  )
  return html`<h2 id="refusals">Refusals</h2>
    <section class="scroll" tabindex="0" role="region" aria-labelledby="refusals">
      <table>
        <thead>
          <tr>
            <th>Status</th>
            <th><code>error.code</code>, and when</th>
            <th><code>error.type</code></th>
            <th><code>code</code></th>
          </tr>
        </thead>
        <tbody>
          ${rows
            .toSorted((a, b) => a.statusCode - b.statusCode)
            .map(
              ({ statusCode, error, code, summary }) =>
                html`<tr>
                  <td>${statusCode}</td>
                  <td>
                    <code>${error.code}</code><br />
                    ${summary}
                  </td>
                  <td><code>${error.type}</code></td>
                  <td><code>${code}</code></td>
                </tr>`,
            )}
        </tbody>
      </table>
    </section>`
}

function isRefusal(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'error' in value && 'statusCode' in value
}

function schemaSections(schemas: OpenApiDocument['components']['schemas']): Html {
  return html`<h2 id="schemas">Schemas</h2>
    ${Object.entries(schemas).map(
      ([name, schema]) =>
        html`<section id="schema-${name}">
          <h3>${name}</h3>
          ${schema.description === undefined ? null : prose(schema.description)}
          ${schemaMembers(schema)}
        </section>`,
    )}`
}
