import { expect, test } from 'vitest'
import { signWebhook } from './sign-webhook.ts'

test('the signature of the contract’s example is the published one', () => {
  const rawBody =
    '{"type":"payment.updated","data":{"payment":{"id":"11111111-2222-4333-8444-555555555555","type":"payment","merchantId":"99999999-8888-4777-8666-555555555555","amountInCents":14999,"amountDueCents":14999,"currency":"USD","status":"completed","orderId":"ORDER-8827","createdAt":"2026-01-01T00:00:00.000Z"}},"timestamp":"2026-01-01T00:00:00.000Z"}'
  expect(rawBody).toHaveLength(344)
  expect(signWebhook('whsec_sandbox_0123456789abcdef', '1767225600', rawBody)).toBe(
    'c86e647a717bf7fb78a323c25cc8b10a083e034ecafac9f222b2d0ae3ac6d06c',
  )
})
