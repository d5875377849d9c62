import { type Html, html } from '../../pages/html.ts'

/** Paragraphs are parted by empty lines, and code stands between backticks. */
export function prose(text: string): readonly Html[] {
  return text.split('\n\n').map((paragraph) => {
    const pieces = paragraph
      .split('`')
      .map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`))
    return html`<p>${pieces}</p>`
  })
}

/** An example as it is read best. */
export function jsonBlock(value: unknown): Html {
  return html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`
}
