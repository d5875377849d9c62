import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paymentColumns, readColumns } from '../payments/payment-column.ts'
import {
  changedLook,
  isUsualLook,
  joinedChange,
  type ListLook,
  type ListLookChange,
  resetChange,
  usualLook,
} from './list-look.ts'

const columns = fc.subarray([...paymentColumns]).map((chosen) => readColumns(chosen))
const width = fc.integer({ min: 64, max: 600 })
const density = fc.constantFrom('comfortable' as const, 'compact' as const)

const looks: fc.Arbitrary<ListLook> = fc.record({
  columns,
  widths: fc.dictionary(fc.constantFrom(...paymentColumns), width),
  density,
})
const changes: fc.Arbitrary<ListLookChange> = fc
  .record(
    {
      columns,
      widths: fc.dictionary(fc.constantFrom(...paymentColumns), fc.option(width)),
      density,
    },
    { requiredKeys: [] },
  )
  .map(({ columns, ...rest }) => ({
    ...rest,
    ...(columns !== undefined && { columns: columns && [...columns] }),
  }))

describe('changing the look of a list', () => {
  test('saving two changes at once is saving them one after the other', () => {
    fc.assert(
      fc.property(looks, changes, changes, (look, earlier, later) => {
        const together = changedLook(look, joinedChange(earlier, later))
        expect(together).toEqual(changedLook(changedLook(look, earlier), later))
      }),
    )
  })

  test('two tabs that change different parts never undo each other, whoever is first', () => {
    fc.assert(
      fc.property(looks, changes, changes, (look, one, other) => {
        fc.pre(!touchSame(one, other))
        expect(changedLook(changedLook(look, one), other)).toEqual(
          changedLook(changedLook(look, other), one),
        )
      }),
    )
  })

  test('a reset takes back everything, and nothing is usual but the usual', () => {
    fc.assert(
      fc.property(looks, (look) => {
        expect(changedLook(look, resetChange(look))).toEqual(usualLook)
        const isUsual = JSON.stringify(look) === JSON.stringify(usualLook)
        expect(isUsualLook(look)).toBe(isUsual)
      }),
    )
  })
})

function touchSame(one: ListLookChange, other: ListLookChange): boolean {
  const both = (part: keyof ListLookChange) => one[part] !== undefined && other[part] !== undefined
  const widths = Object.keys(one.widths ?? {}).some((column) => column in (other.widths ?? {}))
  return both('columns') || both('density') || widths
}
