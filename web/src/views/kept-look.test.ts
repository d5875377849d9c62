import { describe, expect, test } from 'vitest'
import { type ListLook, usualLook } from '@desk/shared/views/list-look'
import { withAnswer, withChange } from './kept-look.ts'

const compact: ListLook = { ...usualLook, density: 'compact' }
const usual = { look: usualLook, unsaved: {}, at: 1 }

describe('the look of the list in this browser', () => {
  test('shows a change at once and remembers that Desk has not heard of it', () => {
    expect(withChange(usual, { widths: { net: 90 } }, 2)).toEqual({
      look: { ...usualLook, widths: { net: 90 } },
      unsaved: { widths: { net: 90 } },
      at: 2,
    })
  })

  test('takes over what another tab saved, without losing what is not saved yet', () => {
    const mine = withChange(usual, { widths: { net: 90 } }, 2)
    const both = withAnswer(mine, { ...compact, widths: { amount: 120 } }, 3)
    expect(both.look).toEqual({ ...compact, widths: { amount: 120, net: 90 } })
  })

  test('a reset that is not saved yet is not undone by an answer', () => {
    const kept = { look: { ...usualLook, widths: { net: 90 } }, unsaved: {}, at: 1 }
    const reset = withChange(kept, { widths: { net: null } }, 2)
    expect(withAnswer(reset, { ...usualLook, widths: { net: 90 } }, 3).look.widths).toEqual({})
  })

  test('an answer from before the last change, saved since, is old news', () => {
    const saved = { ...withChange(usual, { density: 'compact' }, 5), unsaved: {} }
    expect(withAnswer(saved, usualLook, 4)).toEqual(saved)
    expect(withAnswer(null, compact, 4)).toEqual({ look: compact, unsaved: {}, at: 4 })
  })
})
