import { describe, expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents-schema.ts'
import { compareStories } from './story-comparison.ts'
import { story } from './verdict.fixtures.ts'

const webhook = story('webhook', 'completed', '14:20')
const cents = (value: number) => ({ amountCents: amountCents.parse(value) })

describe('what the webhooks say against what the API says', () => {
  test('agrees where status and amount are the same, whoever spoke last', () => {
    expect(compareStories(webhook, story('api', 'completed', '14:25'))).toEqual({
      outcome: 'agree',
      differences: [],
      newer: 'api',
    })
  })

  test('names each thing that differs and who spoke of the later moment', () => {
    const api = { ...story('api', 'expired', '14:10'), ...cents(1) }
    expect(compareStories({ ...webhook, ...cents(2) }, api)).toEqual({
      outcome: 'differ',
      differences: ['status', 'amount'],
      newer: 'webhook',
    })
  })

  test('an amount that one of them did not tell is no difference', () => {
    const api = { ...story('api', 'completed', '14:20'), ...cents(1) }
    expect(compareStories(webhook, api)).toMatchObject({ outcome: 'agree', newer: null })
  })

  test('one alone has nothing to differ from', () => {
    expect(compareStories(webhook, null).outcome).toBe('webhooks_only')
    expect(compareStories(null, story('api', 'pending', '14:20')).outcome).toBe('api_only')
    expect(compareStories(null, null).outcome).toBe('unheard')
  })

  test('an API that does not know the payment is no status like another', () => {
    const missing = story('api', 'not_found', '14:25')
    expect(compareStories(webhook, missing)).toMatchObject({ outcome: 'missing', newer: 'api' })
  })
})
