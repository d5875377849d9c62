import { NEVER_MS } from '../chain/simulated-chain.ts'
import { type Html, html } from '../pages/html.ts'
import { dollarText } from '../payments/quote-amount.ts'

const SECOND = 1_000
const units = [
  ['d', 86_400 * SECOND],
  ['h', 3_600 * SECOND],
  ['min', 60 * SECOND],
  ['s', SECOND],
] as const

/** An instant in UTC, to the second: `2026-11-23 04:05:06`. */
export function instant(at: number): Html {
  if (at >= NEVER_MS) return html`<span class="muted">never</span>`
  const iso = new Date(at).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`
}

/** A span of milliseconds in its two largest units: `2 d 3 h`. */
export function duration(ms: number): string {
  const parts: string[] = []
  let rest = ms
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length)
    if (count > 0) parts.push(`${count} ${unit}`)
    rest -= count * length
  }
  return parts.slice(0, 2).join(' ') || `${ms} ms`
}

/** `123456` cents → `$1,234.56`. */
export function dollars(cents: number): string {
  const [whole = '', fraction = ''] = dollarText(cents).split('.')
  return `$${grouped(whole)}.${fraction}`
}

/** A whole number with its thousands set apart. */
export function count(number: number): string {
  return grouped(String(number))
}

/** `3`, `payment` → `3 payments`. */
export function countOf(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`
}

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/** Text that others chose: kept from turning its surroundings around, cut by the page where it is long. */
export function foreignText(text: string | null): Html {
  if (text === null || text === '') return html`<span class="muted">none</span>`
  return html`<bdi class="foreign" title="${text}">${text}</bdi>`
}

/** An id, hash or address by its first figures; the whole of it is told when one points at it. */
export function shortId(id: string, href: string | null = null): Html {
  const short = id.length <= 12 ? id : `${id.slice(0, id.startsWith('0x') ? 10 : 8)}…`
  return href === null
    ? html`<code title="${id}">${short}</code>`
    : html`<a href="${href}" title="${id}"><code>${short}</code></a>`
}

const toneOf: Readonly<Record<string, string>> = {
  pending: 'open',
  processing: 'open',
  completed: 'good',
  failed: 'bad',
  expired: 'spent',
  cancelled: 'spent',
}

/** The status of a payment or withdrawal as a coloured word. */
export function statusBadge(status: string): Html {
  return badge(status, toneOf[status] ?? 'spent')
}

export function badge(word: string, tone: string): Html {
  return html`<span class="badge ${tone}">${word}</span>`
}
