import { describe, expect, test } from 'vitest'
import { createGroupCommit, QueueFull, type GroupCommitOptions } from './group-commit.ts'

describe('group commit', () => {
  test('those who wait at the same moment share one write and each gets its own answer', async () => {
    const { submit, writes, finishAll } = heldWrites()
    const answers = ['a', 'b', 'c', 'd'].map(submit)
    expect(writes()).toEqual([['a'], ['b']])
    await finishAll()
    await finishAll()
    expect(writes()).toEqual([['a'], ['b'], ['c', 'd']])
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D'])
  })

  test('nobody is answered before the write has ended', async () => {
    const { submit, finishAll } = heldWrites()
    const answer = submit('a')
    const soon = new Promise((resolve) => setImmediate(() => resolve('not yet')))
    expect(await Promise.race([answer, soon])).toBe('not yet')
    await finishAll()
    expect(await answer).toBe('A')
  })

  test('items with a name in common are written one after the other, in order', async () => {
    const { submit, writes, finishAll } = heldWrites({ namesOf: (item) => [item[0] ?? ''] })
    const answers = ['x', 'y', 'a1', 'a2', 'b1', 'a3'].map(submit)
    for (let round = 0; round < 5; round++) await finishAll()
    expect(writes().slice(2)).toEqual([['a1', 'b1'], ['a2'], ['a3']])
    expect(await Promise.all(answers)).toHaveLength(6)
  })

  test('a write is never larger than it may be', async () => {
    const { submit, writes, finishAll } = heldWrites({ itemsPerWriteMax: 2 })
    const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map(submit)
    for (let round = 0; round < 4; round++) await finishAll()
    expect(writes().slice(2)).toEqual([
      ['c', 'd'],
      ['e', 'f'],
    ])
    await Promise.all(answers)
  })

  test('an item that cannot be written fails alone', async () => {
    const commit = createGroupCommit<string, string>({
      ...options,
      write: async (items) => {
        if (items.includes('bad')) throw new TypeError('bad item')
        return items.map((item) => item.toUpperCase())
      },
      isItemFault: (error) => error instanceof TypeError,
    })
    const outcomes = await Promise.allSettled(
      ['x', 'y', 'a', 'bad', 'c'].map((item) => commit.submit(item)),
    )
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
  })

  test('a write that fails for another reason fails for all, once, and the next one is tried', async () => {
    let attempts = 0
    const commit = createGroupCommit<string, string>({
      ...options,
      lanes: 1,
      write: async (items) => {
        attempts++
        if (attempts <= 2) throw new Error('database is gone')
        return items
      },
    })
    const outcomes = await Promise.allSettled(['x', 'a', 'b'].map((item) => commit.submit(item)))
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(attempts).toBe(2)
    expect(await commit.submit('c')).toBe('c')
  })

  test('beyond the queue everyone is turned away at once', async () => {
    const { submit, finishAll } = heldWrites({ lanes: 1, waitingMax: 2 })
    const held = ['a', 'b', 'c'].map(submit)
    await expect(submit('d')).rejects.toThrow(QueueFull)
    await finishAll()
    await finishAll()
    expect(await Promise.all(held)).toEqual(['A', 'B', 'C'])
  })
})

test('a second write beside the first is begun for enough of them', async () => {
  const { submit, writes, finishAll } = heldWrites({ itemsForAnotherLane: 3 })
  const answers = ['a', 'b', 'c'].map(submit)
  expect(writes()).toEqual([['a']])
  answers.push(submit('d'))
  expect(writes()).toEqual([['a'], ['b', 'c', 'd']])
  answers.push(submit('e'))
  await finishAll()
  expect(writes()).toEqual([['a'], ['b', 'c', 'd'], ['e']])
  await finishAll()
  await Promise.all(answers)
})

test('what comes second waits while a crowd is written, but not for ever, and for few not at all', async () => {
  const { submit, uncrowded, finishAll } = heldWrites({ lanes: 1, itemsOfCrowd: 3 })
  const answers = ['a', 'b', 'c'].map(submit)
  await uncrowded(60_000)
  answers.push(submit('d'))
  await finishAll()
  const ended: string[] = []
  const all = uncrowded(60_000).then(() => ended.push('until the crowd was gone'))
  const short = uncrowded(1).then(() => ended.push('a millisecond'))
  await finishAll()
  await Promise.all([...answers, all, short])
  expect(ended).toEqual(['a millisecond', 'until the crowd was gone'])
})

test('those who wait may weigh so much together, and more again once some are written', async () => {
  const { submit, finishAll } = heldWrites({ waitingBytesMax: 10 })
  const held = ['aaaa', 'bbbb'].map(submit)
  await expect(submit('ccc')).rejects.toThrow(QueueFull)
  held.push(submit('dd'))
  await finishAll()
  held.push(submit('eeeeee'))
  await finishAll()
  await finishAll()
  expect(await Promise.all(held)).toHaveLength(4)
})

const options = {
  namesOf: () => [],
  isItemFault: () => false,
  lanes: 2,
  itemsForAnotherLane: 1,
  itemsPerWriteMax: 100,
  itemsOfCrowd: 100,
  waitingMax: 100,
  bytesOf: (item: string) => item.length,
  waitingBytesMax: 1_000,
} satisfies Omit<GroupCommitOptions<string, string>, 'write'>

/** Writes that end when the test says so. */
function heldWrites(changes: Partial<GroupCommitOptions<string, string>> = {}) {
  const started: (readonly string[])[] = []
  let held: (() => void)[] = []
  const commit = createGroupCommit<string, string>({
    ...options,
    write: async (items) => {
      started.push(items)
      await new Promise<void>((resolve) => held.push(resolve))
      return items.map((item) => item.toUpperCase())
    },
    ...changes,
  })
  return {
    submit: (item: string) => commit.submit(item),
    uncrowded: (msMax: number) => commit.uncrowded(msMax),
    writes: () => started,
    finishAll: async () => {
      const due = held
      held = []
      for (const finish of due) finish()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
