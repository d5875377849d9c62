/** Markup that is safe to send: everything put into it was escaped. */
export interface Html {
  readonly markup: string
}

type Piece = string | number | Html | readonly Html[] | null

/** html`<b>${text}</b>`: text is escaped, markup is not, null is nothing. */
export function html(fixed: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const markup = fixed.reduce((text, part, index) => {
    const piece = pieces[index - 1]
    return text + (piece === undefined ? '' : markupOf(piece)) + part
  }, '')
  return { markup }
}

/** Markup that comes ready-made from a library, such as a QR drawing. */
export function trusted(markup: string): Html {
  return { markup }
}

function markupOf(piece: Piece): string {
  if (piece === null) return ''
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece))
  return 'markup' in piece ? piece.markup : piece.map((one) => one.markup).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
