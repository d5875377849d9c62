import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { projectWithdrawal, type WithdrawalAccount } from './project-withdrawal.ts'

const minute = (count: number) => new Date(Date.UTC(2026, 3, 1, 12, count)).toISOString()

/** What a source said so many minutes in; a webhook does not name the recipient. */
function said(
  source: 'webhook' | 'api',
  minutes: number,
  status: string | null,
): WithdrawalAccount {
  const isFull = source === 'api'
  return {
    observationId: minutes * 2 + (isFull ? 1 : 0),
    source,
    occurredAt: minute(minutes),
    learnedAt: minute(minutes),
    bodyHash: `${source} ${minutes} ${status}`,
    snapshot:
      status === null
        ? null
        : {
            extent: isFull ? 'full' : 'minimal',
            id: 'withdrawal-1',
            amountCents: amountCents.parse(5_000),
            currency: 'USD',
            network: isFull ? 'eip155:8453' : null,
            recipientAddress: isFull ? '0x52908400098527886e0f7030069857d2e4169ee7' : null,
            status,
            rawStatus: status,
            orderId: 'PAYOUT-17',
            customMetadata: null,
            errorMessage: null,
            receipt: null,
            createdAt: minute(0),
            updatedAt: minute(minutes),
          },
  }
}

const story = [
  said('webhook', 0, 'pending'),
  said('api', 1, 'pending'),
  said('webhook', 2, 'processing'),
  said('webhook', 4, 'completed'),
  said('api', 5, 'completed'),
]

test('in whatever order and however often it is learned, it ends as the API tells it', () => {
  fc.assert(
    fc.property(
      fc
        .shuffledSubarray([...story, ...story], { minLength: 1 })
        .map((told) => [...told, ...story.slice(4)]),
      (told) => {
        expect(projectWithdrawal(told)).toMatchObject({
          status: 'completed',
          recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
        })
      },
    ),
  )
})

test('an event may take it further, and never out of a final state', () => {
  const further = [said('api', 1, 'pending'), said('webhook', 2, 'processing')]
  expect(projectWithdrawal(further)?.status).toBe('processing')
  expect(projectWithdrawal([...story, said('webhook', 9, 'failed')])?.status).toBe('completed')
  expect(
    projectWithdrawal([said('webhook', 4, 'completed'), said('webhook', 5, 'processing')])?.status,
  ).toBe('completed')
})

test('what an event leaves out stays known, and "not found" erases nothing', () => {
  const told = [...story.slice(0, 3), said('api', 8, null)]
  expect(projectWithdrawal(told)).toMatchObject({ network: 'eip155:8453', status: 'processing' })
  expect(projectWithdrawal([said('api', 8, null)])).toBeNull()
})
