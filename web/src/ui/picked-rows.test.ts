import { describe, expect, test } from 'vitest'
import { nothingPicked, type Picked, pickRange, togglePick } from './picked-rows.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const ids = ({ ids }: Picked) => order.filter((id) => ids.has(id))

describe('picking rows', () => {
  test('one by one, and letting go again', () => {
    const one = togglePick(togglePick(nothingPicked, 'b'), 'd')
    expect(ids(one)).toEqual(['b', 'd'])
    expect(ids(togglePick(one, 'b'))).toEqual(['d'])
  })

  test('a range is counted from the last row, in either direction', () => {
    const down = pickRange(togglePick(nothingPicked, 'b'), 'd', order)
    expect(ids(down)).toEqual(['b', 'c', 'd'])
    expect(ids(pickRange(down, 'a', order))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('a range that ends on a picked row lets go', () => {
    const all = pickRange(togglePick(nothingPicked, 'a'), 'e', order)
    const rest = pickRange(togglePick(all, 'c'), 'e', order)
    expect(ids(rest)).toEqual(['a', 'b'])
  })

  test('what was picked outside of the range stays', () => {
    const one = togglePick(togglePick(nothingPicked, 'a'), 'c')
    expect(ids(pickRange(one, 'd', order))).toEqual(['a', 'c', 'd'])
  })

  test('without a first row, or where it has left the list, the range is one row', () => {
    expect(ids(pickRange(nothingPicked, 'c', order))).toEqual(['c'])
    const gone = togglePick(nothingPicked, 'z')
    expect(ids(pickRange(gone, 'c', order))).toEqual(['c'])
  })
})
