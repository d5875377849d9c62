import * as z from 'zod/mini'
import { storable } from '../text/storable.ts'

/** What the journal books to. */
export const journalAccountKeys = [
  'bank',
  'receivable',
  'sales',
  'merchantFees',
  'swapFees',
  'bankCharges',
  'exchange',
  'suspense',
] as const
export type JournalAccountKey = (typeof journalAccountKeys)[number]

const CODE_MAX = 32
const code = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'needs a code'),
    z.maxLength(CODE_MAX, `has at most ${CODE_MAX} characters`),
    storable,
  )

/** The code of each account in the books of this company. */
export const journalAccounts = z.object({
  bank: code,
  receivable: code,
  sales: code,
  merchantFees: code,
  swapFees: code,
  bankCharges: code,
  exchange: code,
  suspense: code,
})
export type JournalAccounts = z.infer<typeof journalAccounts>

/** Where nobody has said otherwise. */
export const usualAccounts: JournalAccounts = {
  bank: '1000',
  receivable: '1200',
  sales: '4000',
  merchantFees: '6100',
  swapFees: '6110',
  bankCharges: '6120',
  exchange: '6130',
  suspense: '9999',
}

/** What the accounts are called in files and on screen. */
export const journalAccountNames = {
  bank: 'Bank',
  receivable: 'Receivable from SpacePay',
  sales: 'Sales',
  merchantFees: 'Merchant fees',
  swapFees: 'Swap fees',
  bankCharges: 'Bank charges',
  exchange: 'Exchange differences',
  suspense: 'Suspense',
} as const satisfies Record<JournalAccountKey, string>
