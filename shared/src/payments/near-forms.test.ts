import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearForms } from './near-forms.ts'

const slipTo = (typed: string, meant: string) =>
  nearForms(typed).find(({ form }) => form === meant)?.slip

describe('what somebody may have meant', () => {
  test.each([
    ['ORDER 10023', 'order-10023', 'written'],
    ['ORDER10023', 'order-10023', 'written'],
    ['#10023', '10023', 'written'],
    ['order_10023', 'order-10023', 'written'],
    ['ORDER-1OO23', 'order-10023', 'mistaken'],
    ['0RDER-10023', 'order-10023', 'mistaken'],
    ['ORDER-10203', 'order-10023', 'swapped'],
    ['ORDRE-10023', 'order-10023', 'swapped'],
    ['ORDER-100023', 'order-10023', 'doubled'],
    ['ORDER-1023', 'order-10023', 'dropped'],
    ['ORDER-10023 Zoë 12.50', 'order-10023', 'word'],
    [`Please look at ORDER-10023, ${'again '.repeat(20)}`, 'order-10023', 'word'],
    ['ODER-10023', 'order-10023', undefined],
    ['ORDER-10024', 'order-10023', undefined],
  ])('%s for %s: %s', (typed, meant, slip) => {
    expect(slipTo(typed, meant)).toBe(slip)
  })

  test('finds back from any two characters swapped and any one doubled', () => {
    const orderId = fc.stringMatching(/^[A-Z]{2,6}-\d{4,8}$/)
    fc.assert(
      fc.property(orderId, fc.nat(10), (meant, place) => {
        const at = place % (meant.length - 1)
        const swapped = meant.slice(0, at) + meant[at + 1] + meant[at] + meant.slice(at + 2)
        const doubled = meant.slice(0, at) + meant[at] + meant.slice(at)
        for (const typed of [swapped, doubled]) {
          if (typed === meant) continue
          expect(nearForms(typed).map(({ form }) => form)).toContain(meant.toLowerCase())
        }
      }),
    )
  })

  test('is bounded, never the text itself, and each form once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const forms = nearForms(typed).map(({ form }) => form)
        expect(forms.length).toBeLessThan(450)
        expect(new Set(forms).size).toBe(forms.length)
        expect(forms).not.toContain(typed.toLowerCase().trim())
      }),
    )
  })
})
