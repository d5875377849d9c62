import { centsToDecimal, parseDollars } from '@desk/shared/money/amount-cents'
import {
  amountLimitsCents,
  newPaymentInput,
  type NewPaymentInput,
} from '@desk/shared/payments/new-payment'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'

/** What stands in the form, as it was typed. */
export interface PaymentDraft {
  /** Names what is sent, so that sending it again is the same payment. */
  readonly attempt: string
  readonly type: 'payment' | 'deposit'
  readonly amount: string
  readonly orderId: string
  readonly redirectUrl: string
  readonly customerRefId: string
  readonly metadata: readonly MetadataRow[]
  readonly madeFrom: string | null
}

/** `id` tells rows apart while their names are typed. */
interface MetadataRow {
  readonly id: string
  readonly key: string
  readonly value: string
}

export type DraftFaults = Readonly<Partial<Record<keyof NewPaymentInput, string>>>

export const emptyDraft: Omit<PaymentDraft, 'attempt'> = {
  type: 'payment',
  amount: '',
  orderId: '',
  redirectUrl: '',
  customerRefId: '',
  metadata: [],
  madeFrom: null,
}

/** The same again: for a customer whose price or time ran out. */
export function draftFrom(payment: PaymentDetail): Omit<PaymentDraft, 'attempt'> {
  return {
    type: payment.type === 'deposit' ? 'deposit' : 'payment',
    amount:
      payment.type === 'deposit' || payment.amountCents === null
        ? ''
        : centsToDecimal(payment.amountCents),
    orderId: payment.orderId ?? '',
    redirectUrl: payment.redirectUrl ?? '',
    customerRefId: '',
    metadata: metadataPairs(payment.customMetadata),
    madeFrom: payment.id,
  }
}

/** The draft as it is sent, or what is wrong with it by field, in words for the person. */
export function readDraft(
  draft: PaymentDraft,
): { readonly input: NewPaymentInput } | { readonly faults: DraftFaults } {
  const isDeposit = draft.type === 'deposit'
  const amountCents = isDeposit ? null : parseDollars(draft.amount)
  if (!isDeposit && amountCents === null) return { faults: { amountCents: faultTexts.amountCents } }
  const read = newPaymentInput.safeParse({
    attempt: draft.attempt,
    type: draft.type,
    amountCents,
    orderId: draft.orderId.trim(),
    redirectUrl: draft.redirectUrl.trim() || null,
    metadata: draft.metadata
      .filter(({ key, value }) => key !== '' || value !== '')
      .map(({ key, value }) => ({ key, value })),
    customerRefId: isDeposit ? draft.customerRefId.trim() || null : null,
    madeFrom: draft.madeFrom,
  })
  if (read.success) return { input: read.data }
  const faults: Partial<Record<keyof NewPaymentInput, string>> = {}
  for (const { path, message } of read.error.issues) {
    const field = fields.find((one) => one === path[0])
    if (field)
      faults[field] ??= field === 'metadata' ? metadataFault(message, path) : faultTexts[field]
  }
  return { faults }
}

const fields = ['amountCents', 'orderId', 'redirectUrl', 'metadata', 'customerRefId'] as const

const dollars = (cents: number) => centsToDecimal(cents).replace(/\.00$/, '')

const faultTexts = {
  amountCents: `Enter an amount from ${dollars(amountLimitsCents.min)} to ${dollars(amountLimitsCents.max)} US dollars, such as 149.99.`,
  orderId: 'Enter the order id of your shop, at most 255 characters.',
  redirectUrl: 'Enter a web address that begins with https://, or leave it empty.',
  customerRefId: 'At most 255 characters.',
} as const

/** The rules about all of it speak for themselves; what is left is a name that is missing or too long. */
function metadataFault(message: string, path: readonly PropertyKey[]): string {
  return path.length === 1 ? message : 'Each value needs a name of at most 255 characters.'
}

/** Nested metadata is put into text: the form has one name for each value. */
function metadataPairs(text: string | null): PaymentDraft['metadata'] {
  if (text === null) return []
  const parsed = parsedJson(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return []
  return Object.entries(parsed).map(([key, value]) => ({
    id: crypto.randomUUID(),
    key,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }))
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // Metadata is whatever a shop wrote.
    if (error instanceof SyntaxError) return null
    throw error
  }
}
