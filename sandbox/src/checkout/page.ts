import { type Html, html } from './html.ts'

/** One page of the sandbox with its frame: styles and script come from our own address. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/checkout.css" />
        <script type="module" src="/checkout.js"></script>
      </head>
      <body>
        <p class="ribbon">Sandbox: no real money moves here</p>
        ${body}
      </body>
    </html> `.markup
}

/** Nothing from elsewhere runs or loads, and no other page may frame a checkout. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  // The address of a checkout holds the payment secret.
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const
