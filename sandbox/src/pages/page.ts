import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { type Html, html } from './html.ts'

export interface PageParts {
  readonly title: string
  readonly body: Html
  /** Paths of scripts and styles of its own, served by `serveAsset`; every page has the common styles. */
  readonly scripts?: readonly string[]
  readonly styles?: readonly string[]
  /** Loads anew by itself where scripts are off. */
  readonly refreshSeconds?: number | null
  /** Leaves the navigation of the sandbox out: a payer sees the checkout alone. */
  readonly isForPayers?: boolean
}

/** One page of the sandbox with its frame: styles and scripts come from our own address. */
export function page(parts: PageParts): string {
  const { title, body, scripts = [], styles = [], isForPayers = false } = parts
  const { refreshSeconds = null } = parts
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${refreshSeconds === null ? null : html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}" /></noscript>`}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/pages.css" />
        ${styles.map((path) => html`<link rel="stylesheet" href="${path}" />`)}
        ${scripts.map((path) => html`<script type="module" src="${path}"></script>`)}
      </head>
      <body>
        <header class="ribbon"><p>Sandbox: no real money moves here</p></header>
        ${isForPayers ? null : navigation} ${body}
      </body>
    </html> `.markup
}

const places = [
  ['/', 'Start'],
  ['/control', 'Control'],
  ['/explorer', 'Block explorer'],
  ['/docs', 'API'],
] as const

const navigation = html`<nav class="places" aria-label="Sandbox">
  ${places.map(([path, name]) => html`<a href="${path}">${name}</a>`)}
</nav>`

/** Nothing from elsewhere runs or loads, and no other page may frame one of ours. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  // The address of a checkout holds the payment secret.
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const

/** Serves one file of ours, read once. */
export function serveAsset(scope: FastifyInstance, path: string, file: URL): void {
  const content = readFileSync(file, 'utf8')
  const type = path.endsWith('.css') ? 'text/css' : 'text/javascript'
  scope.get(path, (_request, reply) =>
    reply
      .type(`${type}; charset=utf-8`)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Cache-Control', 'no-cache')
      .send(content),
  )
}
