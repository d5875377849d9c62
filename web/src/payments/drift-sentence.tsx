import type { Drift, DriftWord } from '@desk/shared/drift/drift'
import { Amount } from '../ui/amount.tsx'
import { shortSpan } from '../ui/moment-text.ts'

/** What is wrong and what it means, for somebody who never saw a webhook. */
export function DriftSentence({ drift, currency }: DriftSentenceProps) {
  const { kind, status, one, other } = drift
  const named = `“${status ?? 'unknown'}”`
  const isBirth = status === 'pending'
  switch (kind) {
    case 'never_announced':
      return 'SpacePay’s API knows this payment, and no webhook ever told of it. Desk shows what the API says, so nothing is lost here; a shop that waits for the webhook heard nothing.'
    case 'webhook_missing':
      return `The API says that this payment ${isBirth ? 'was created' : `came to ${named}`}, and the webhook about it never came. Desk shows what the API says; a shop that waits for the webhook was not told.`
    case 'webhook_late':
      return `The webhook about ${isBirth ? 'its creation' : named} came ${one ? shortSpan(delayOf(one)) : 'long'} after it happened.`
    case 'out_of_order':
      return `The webhook about ${isBirth ? 'its creation' : named} came after the one about “${other?.status ?? 'a later status'}”, though that happened later. What Desk shows was not moved back by it.`
    case 'amount_differs':
      return (
        <>
          The webhook said <Money word={one} currency={currency} />, the API says{' '}
          <Money word={other} currency={currency} />. Book and ship by the API’s amount only.
        </>
      )
    case 'status_differs':
      return `A webhook said ${named}. The API, asked after it, says “${other?.status ?? 'something else'}”. Do not ship or book on the webhook’s word; if you see many of these, rotate the webhook secret.`
    case 'went_backwards':
      return `${one?.deliveryId === null ? 'The API' : 'The webhooks'} first said “${one?.status ?? ''}” and then ${named}. Check whether goods were shipped or money was booked in between.`
    case 'unknown_to_api':
      return 'SpacePay told of this payment, and its API says that there is no such payment. Do not ship or book until SpacePay explains it.'
  }
}

interface DriftSentenceProps {
  readonly drift: Drift
  readonly currency: string
}

function Money({ word, currency }: { readonly word: DriftWord | null; readonly currency: string }) {
  return word?.amountCents == null ? (
    'no amount'
  ) : (
    <Amount cents={word.amountCents} currency={currency} />
  )
}

function delayOf({ occurredAt, learnedAt }: DriftWord): number {
  return Math.max(0, Date.parse(learnedAt) - Date.parse(occurredAt))
}
