import { afterAll, beforeAll, expect, test } from 'vitest'
import { usualLook } from '@desk/shared/views/list-look'
import { callsOf, colleague, noon } from '../attention/attention.fixtures.ts'
import type { Actor } from '../kernel/actor.ts'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'

let database: TestDatabase
let finn: Actor
let fay: Actor
beforeAll(async () => {
  database = await testDatabase()
  finn = await colleague(database.owner, 'Finn', ['finance'])
  fay = await colleague(database.owner, 'Fay', ['finance'])
})
afterAll(() => database[Symbol.asyncDispose]())

test('everybody begins with the usual look and keeps one of their own', async () => {
  expect(await looksOf(finn).list()).toEqual(usualLook)
  const changed = await looksOf(finn).changeList({
    columns: ['order', 'net'],
    widths: { net: 90 },
    density: 'compact',
  })
  expect(changed).toEqual({ columns: ['order', 'net'], widths: { net: 90 }, density: 'compact' })
  expect(await looksOf(finn).list()).toEqual(changed)
  expect(await looksOf(fay).list()).toEqual(usualLook)
})

test('two tabs at once change different parts, and both stay', async () => {
  await looksOf(fay).changeList({ widths: { net: 90 } })
  const outcomes = await raceForRow(
    database.owner,
    { table: 'list_preference', id: fay.userId, column: 'person_id' },
    [
      () => looksOf(fay).changeList({ widths: { amount: 120, net: null } }),
      () => looksOf(fay).changeList({ widths: { status: 200 }, density: 'compact' }),
    ],
  )
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  expect(await looksOf(fay).list()).toEqual({
    columns: null,
    widths: { amount: 120, status: 200 },
    density: 'compact',
  })
})

test('what another version of Desk kept is read as far as this one knows it', async () => {
  const sue = await colleague(database.owner, 'Sue', ['support'])
  await database.owner
    .insertInto('list_preference')
    .values({
      person_id: sue.userId,
      list: 'payments',
      columns: ['hologram', 'net'],
      widths: JSON.stringify({ net: 90, hologram: 5, amount: 'wide', status: 4 }),
      density: 'cosy',
      changed_at: noon,
    })
    .execute()
  expect(await looksOf(sue).list()).toEqual({
    columns: ['order', 'net'],
    widths: { net: 90 },
    density: 'comfortable',
  })
})

test.each([
  { columns: ['net'] },
  { columns: ['order', 'order'] },
  { columns: ['order', 'hologram'] },
  { widths: { net: 5 } },
  { widths: { net: 90.5 } },
  { density: 'cosy' },
])('%j is no look', async (change) => {
  const send: (input: never) => Promise<unknown> = looksOf(finn).changeList
  await expect(Reflect.apply(send, null, [change])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

function looksOf(actor: Actor) {
  return callsOf(database.db, actor).preferences
}
