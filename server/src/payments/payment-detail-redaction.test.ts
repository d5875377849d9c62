import { expect, test } from 'vitest'
import { withoutSecrets } from './payment-detail-redaction.ts'

test.each([
  ['{"secret":"ps_9f3c","id":"1"}', '{"secret":"[hidden]","id":"1"}'],
  ['{"paymentUrl" : "https://pay.example/x"}', '{"paymentUrl" : "[hidden]"}'],
  ['{"checkout_url":"https://pay.example/x"}', '{"checkout_url":"[hidden]"}'],
  ['{"paymentSecret":"with \\" a quote","n":1}', '{"paymentSecret":"[hidden]","n":1}'],
  [
    '{"next":"https://pay.example/p?paymentId=1&secret=ps_9f3c#top"}',
    '{"next":"https://pay.example/p?paymentId=1&secret=[hidden]#top"}',
  ],
])('%s is shown as %s', (kept, shown) => {
  expect(withoutSecrets(kept)).toBe(shown)
})

test('everything else stays as it came, digit for digit', () => {
  const kept = '{ "big": 12345678901234567890, "secretary": "Ada", "a": "\\u0000", "b": "?keys=1" }'
  expect(withoutSecrets(kept)).toBe(kept)
})
