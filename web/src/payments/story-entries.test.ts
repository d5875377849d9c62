import { expect, test } from 'vitest'
import type { HistoryEntry } from '@desk/shared/audit/audit-entry'
import { userId } from '@desk/shared/identity/session'
import { paymentId } from '@desk/shared/payments/payment'
import { storyEntries } from './story-entries.ts'

const at = (time: string) => `2026-11-22T${time}:00.000Z`
const ada = { id: userId.parse('ada'), name: 'Ada' }
const payment = {
  id: paymentId.parse('pay_1'),
  timeline: [
    { kind: 'created', at: at('14:00'), text: 'Payment created.', txHash: null },
    { kind: 'confirmed', at: at('14:30'), text: 'Transaction confirmed.', txHash: '0xabc' },
  ],
} as const
const note = {
  id: 7,
  author: ada,
  text: 'Called the customer.',
  writtenAt: at('14:10'),
  version: 1,
  earlier: [],
  editedAt: null,
}

test('what people wrote and did stands in its place among what SpacePay told', () => {
  const entries = storyEntries({
    payment,
    notes: [note],
    history: [audited('payment.refresh', 'done', '14:20')],
  })
  expect(entries.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'created: Payment created.',
    'note: Ada noted: Called the customer.',
    'person: Ada read it from SpacePay.',
    'confirmed: Transaction confirmed.',
  ])
})

test('a note is not told twice, and what came to nothing stands in the history alone', () => {
  const history = [
    audited('payment.write_note', 'done', '14:10'),
    audited('payment.refresh', 'refused', '14:20'),
  ]
  const entries = storyEntries({ payment, notes: [note], history })
  expect(entries.map(({ kind }) => kind)).toEqual(['created', 'note', 'confirmed'])
})

test('what reads the same at the same moment can still be told apart', () => {
  const history = [
    audited('payment.refresh', 'done', '14:20'),
    { ...audited('payment.refresh', 'done', '14:20'), seq: 2 },
  ]
  const keys = storyEntries({ payment, notes: [], history }).map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})

function audited(action: string, outcome: HistoryEntry['outcome'], time: string): HistoryEntry {
  return {
    seq: 1,
    at: at(time),
    actor: { ...ada, email: 'ada@shop.example' },
    action,
    outcome,
    reason: null,
    subject: { kind: 'payment', id: payment.id, label: null },
    before: null,
    after: null,
    requestId: 'request',
    hash: '',
  }
}
