import { PASTED_TEXT_MAX } from './pasted-lines.ts'
import { looksLikeIdentifier } from './search-text.ts'

/** Why a pasted text leads to no payment, as far as the text itself tells. */
export type MissReason =
  | 'too_short'
  | 'too_long'
  | 'shortened'
  | 'several'
  | 'hash'
  | 'address'
  | 'uuid'
  | 'hex_length'
  | 'uuid_length'
  | 'other_network'
  | 'email'
  | 'iban'
  | 'date'
  | 'amount'
  | 'unknown'

/** Judged from the text alone: the first form it has. */
export function missReason(text: string): MissReason {
  return forms.find(({ holds }) => holds(text))?.reason ?? 'unknown'
}

/** One sentence for a person: what it looks like, and what to try. */
export function missText(reason: MissReason, text: string): string {
  return reason === 'hex_length' ? hexLengthText(text) : texts[reason]
}

const texts = {
  too_short: 'Too short to be looked up: give at least three characters.',
  too_long: 'Longer than any id, hash or address can be.',
  shortened: 'Shortened with dots somewhere: copy all of it.',
  several: 'More than one thing on this line: put each on a line of its own.',
  hash: 'A whole transaction hash, but no payment carries it. It may be seconds old, paid to another shop, or on a network SpacePay does not watch.',
  address: 'A whole address, but no payment was sent to it or from it.',
  uuid: 'An id of the right form, but no payment has it. Withdrawals and webhook events have such ids, too.',
  uuid_length: 'Nearly a payment id: some of it was cut off or came twice when copying.',
  other_network: 'Looks like an address or hash of a network that no payment here was made on.',
  email: 'An e-mail address. Payments are known by order id, payment id, hash or address.',
  iban: 'A bank account number. Payments are known by order id, payment id, hash or address.',
  date: 'A date: perhaps another column was meant.',
  amount: 'An amount: perhaps another column was meant.',
  unknown: 'No payment carries this.',
} as const satisfies Record<Exclude<MissReason, 'hex_length'>, string>

const forms: readonly { readonly reason: MissReason; readonly holds: (text: string) => boolean }[] =
  [
    { reason: 'too_long', holds: (text) => text.length >= PASTED_TEXT_MAX },
    {
      reason: 'too_short',
      holds: (text) => !/[\p{L}\p{N}].*[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(text),
    },
    { reason: 'hash', holds: (text) => /^(?:0x)?[0-9a-f]{64}$/i.test(text) },
    { reason: 'address', holds: (text) => /^0x[0-9a-f]{40}$/i.test(text) },
    { reason: 'uuid', holds: looksLikeIdentifier },
    {
      reason: 'shortened',
      holds: (text) => /[\p{L}\p{N}](?:…|\.{2,})(?:[\p{L}\p{N}]|$)/u.test(text),
    },
    {
      reason: 'several',
      holds: (text) => text.split(/[\s,;|]+/).filter(looksLikeIdentifier).length > 1,
    },
    { reason: 'hex_length', holds: (text) => /^0x[0-9a-f]{8,}$/i.test(text) },
    { reason: 'email', holds: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) },
    { reason: 'date', holds: (text) => /^\d{1,4}([-./])\d{1,2}\1\d{1,4}(?:[T ].*)?$/.test(text) },
    {
      reason: 'uuid_length',
      holds: (text) => /^[0-9a-f]{4,10}(?:-[0-9a-f]{2,6}){2,4}(?:-[0-9a-f]{1,14})?$/i.test(text),
    },
    {
      reason: 'amount',
      holds: (text) =>
        /^[\p{Sc}+−-]*\d{1,3}(?:[.,']?\d{3})*[.,]\d{1,2}\s?(?:\p{Sc}|[A-Z]{3})?$/u.test(text),
    },
    { reason: 'iban', holds: isIban },
    { reason: 'other_network', holds: isOfAnotherNetwork },
  ]

/** `0x` with the wrong number of digits after it: says how many there are and should be. */
function hexLengthText(text: string): string {
  const digits = text.length - 2
  const [what, whole] =
    Math.abs(digits - 40) < Math.abs(digits - 64) ? ['an address', 40] : ['a hash', 64]
  const slip = digits < whole ? 'something was cut off' : 'something came twice'
  return `${digits} digits after 0x where ${what} has ${whole}: ${slip} when copying.`
}

function isIban(text: string): boolean {
  return /^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?$/.test(text)
}

/** Bitcoin, Litecoin, Tron and Solana, and names that stand for addresses. */
function isOfAnotherNetwork(text: string): boolean {
  const isBech32 = /^(?:bc1|ltc1|tb1)[02-9ac-hj-np-z]{20,80}$/i.test(text)
  const isBase58 =
    /^[1-9A-HJ-NP-Za-km-z]{26,90}$/.test(text) &&
    /\d/.test(text) &&
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text)
  return isBech32 || isBase58 || /^[\w-]+\.(?:eth|sol|crypto)$/i.test(text)
}
