import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { byBytes, type PaymentState, StateComparison } from './compare-states.ts'
import { readStates, stateHead, stateLine } from './state-lines.ts'

const runs = fc
  .uniqueArray(
    fc.record({
      id: fc.string({ unit: 'grapheme', minLength: 1 }),
      before: fc.option(fc.constantFrom('1.00', '2.00')),
      after: fc.option(fc.constantFrom('1.00', '2.00')),
    }),
    { selector: ({ id }) => id },
  )
  .map((payments) => payments.toSorted((a, b) => byBytes(a.id, b.id)))

test('two runs differ in exactly what only one has and what is not the same in both', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async (payments) => {
      const comparison = new StateComparison(
        streamOf(
          payments.flatMap(({ id, before }) => (before === null ? [] : [state(id, before)])),
        ),
      )
      for (const { id, after } of payments) {
        if (after !== null) await comparison.take(state(id, after))
      }
      const count = (is: (payment: (typeof payments)[number]) => boolean) =>
        payments.filter(is).length
      const found = await comparison.end()
      expect(found).toMatchObject({
        added: count(({ before, after }) => before === null && after !== null),
        removed: count(({ before, after }) => before !== null && after === null),
        changed: count(
          ({ before, after }) => before !== null && after !== null && before !== after,
        ),
      })
      expect(comparison.changes).toHaveLength(found.added + found.removed + found.changed)
    }),
  )
})

test('counts are exact where there are more changes than are named', async () => {
  const many = Array.from({ length: 1_500 }, (_, index) =>
    state(String(index).padStart(5, '0'), '1.00'),
  )
  const comparison = new StateComparison(streamOf([]))
  for (const one of many) await comparison.take(one)
  expect(await comparison.end()).toEqual({ added: 1_500, removed: 0, changed: 0, listed: 1_000 })
})

test('what was written down reads back the same, whatever the texts hold', async () => {
  const odd = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed())
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(odd, fc.option(odd))), async (texts) => {
      const states = texts.map(([id, order]): PaymentState => ({ id, values: { order } }))
      const lines = Readable.from([stateHead(), ...states.map(stateLine)])
      const bytes = await buffer(lines.pipe(createGzip()))
      const read: PaymentState[] = []
      // In small pieces: lines and characters are cut anywhere.
      for await (const one of readStates(Readable.from(piecesOf(bytes)))) read.push(one)
      expect(read.map(({ id, values }) => [id, values.order])).toEqual(texts)
    }),
    { numRuns: 40 },
  )
})

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += 7) yield bytes.subarray(from, from + 7)
}

function state(id: string, amount: string): PaymentState {
  return { id, values: { amount } }
}

async function* streamOf(states: readonly PaymentState[]): AsyncGenerator<PaymentState> {
  yield* states
}
