import { describe, expect, test } from 'vitest'
import { faultScene } from '../testing/fault-scene.ts'
import { effectCatalogue } from './effect-catalogue.ts'
import { readFaultOrder } from './fault-order.ts'

const listError = { on: 'payments.list', effect: { kind: 'status', status: 500 } }

describe('a fault that makes no sense is refused with the name of what is wrong', () => {
  test.each([
    ['without how often', listError, 'next'],
    ['on a route there is not', { ...listError, on: 'payments.delete', next: 1 }, 'on'],
    ['with an unknown effect', { on: 'any', effect: { kind: 'flood' }, next: 1 }, 'effect.kind'],
    [
      'with a status that is no error',
      withEffect({ kind: 'status', status: 200 }),
      'effect.status',
    ],
    ['with a misspelt parameter', withEffect({ kind: 'delay', ms: 5, milis: 9 }), 'effect'],
    ['with a range from its end', withEffect({ kind: 'delay', ms: 9, msMax: 5 }), 'effect.msMax'],
    ['of more than all calls', { ...listError, percent: 101 }, 'percent'],
    ['that shifts a route without pages', shift({ on: 'payments.get' }), 'on'],
    [
      'that shifts pages by nothing',
      { ...shift({}), effect: { kind: 'shift', rows: 0 } },
      'effect.rows',
    ],
    ['that shifts pages before they are asked for', shift({ phase: 'before' }), 'phase'],
    ['of webhooks on a route', withEffect({ kind: 'tamper' }), 'effect.kind'],
    ['of calls on webhooks', { on: 'webhook', effect: { kind: 'reset' }, next: 1 }, 'effect.kind'],
  ])('%s', async (_, order, param) => {
    await using scene = await faultScene()
    const { status, body } = await scene.order(order)
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain(param)
    expect(await scene.active()).toStrictEqual([])
  })
})

describe('the catalogue of effects', () => {
  test('is served, and knows what each takes', async () => {
    await using scene = await faultScene()
    const { body } = await scene.client.get('/__sandbox/faults/effects')
    expect(body).toEqual({ data: JSON.parse(JSON.stringify(effectCatalogue)) })
    expect(body).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({
          kind: 'shift',
          side: 'api',
          phases: ['after'],
          operations: ['payments.list', 'withdrawals.list'],
          parameters: [
            expect.objectContaining({
              name: 'rows',
              type: 'integer',
              isRequired: true,
              minimum: -1_000,
              maximum: 1_000,
            }),
          ],
        }),
      ]),
    })
  })

  test.each(effectCatalogue.map((entry) => [`${entry.side} ${entry.kind}`, entry] as const))(
    '%s can be ordered as it says, on every route it names',
    (_, entry) => {
      const parameters = entry.parameters.flatMap(({ name, isRequired, ...rest }) =>
        isRequired ? [[name, rest.choices[0] ?? (rest.type === 'text' ? '/x' : rest.maximum)]] : [],
      )
      const effect = { kind: entry.kind, ...Object.fromEntries(parameters) }
      const targets = entry.side === 'webhook' ? ['webhook'] : entry.operations
      for (const on of targets) {
        const order = readFaultOrder({ on, effect, next: 1 })
        expect(order).toMatchObject({ on, effect })
      }
      expect(targets.length).toBeGreaterThan(0)
    },
  )
})

function withEffect(effect: Readonly<Record<string, unknown>>) {
  return { on: 'payments.list', effect, next: 1 }
}

function shift(over: Readonly<Record<string, unknown>>) {
  return { on: 'payments.list', effect: { kind: 'shift', rows: 1 }, next: 1, ...over }
}
