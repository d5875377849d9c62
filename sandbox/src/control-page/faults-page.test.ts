import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { effectCatalogue } from '../control/effect-catalogue.ts'
import { startSandbox } from '../start-sandbox.ts'
import { visitorOf } from '../testing/control-visitor.ts'
import { clientOf, paymentsPath } from '../testing/sandbox-client.ts'

const faults = z.object({
  active: z.array(z.looseObject({ id: z.string(), order: z.looseObject({}) })),
  log: z.array(z.looseObject({})),
})

async function scene() {
  const sandbox = await startSandbox()
  const client = clientOf(sandbox)
  const visitor = visitorOf(sandbox)
  return {
    client,
    visitor,
    submit: (action: string, fields: Record<string, string>) =>
      visitor.submit(action, fields, '/control/faults'),
    faults: async () => faults.parse((await client.get('/__sandbox/faults')).body),
    [Symbol.asyncDispose]: () => sandbox.close(),
  }
}

/** What a browser sends of the form that switches this effect on, left as it stands. */
function formOf(markup: string, kind: string, side: string): Record<string, string> {
  const form = markup
    .split('<form ')
    .find(
      (one) =>
        one.includes(`name="kind" value="${kind}"`) && one.includes(`name="side" value="${side}"`),
    )
  if (form === undefined) throw new Error(`There is no form for ${kind}.`)
  const body = form.slice(0, form.indexOf('</form>'))
  const inputs = [...body.matchAll(/<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"/g)]
  const choices = [...body.matchAll(/<select[^>]*?name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)].map(
    ([, name = '', options = '']) => {
      const chosen =
        /<option value="([^"]*)"\s+selected/.exec(options) ?? /value="([^"]*)"/.exec(options)
      return [name, chosen?.[1] ?? ''] as const
    },
  )
  return Object.fromEntries([
    ...inputs.map(([, name = '', value = '']) => [name, value] as const),
    ...choices,
  ])
}

/** Something to fill in where an effect has to be told more. */
const required: Readonly<Record<string, string>> = {
  ms: '2000',
  status: '500',
  bytes: '1000',
  location: 'https://elsewhere.example/',
  rows: '-2',
}

describe('the faults page', () => {
  test.each(effectCatalogue.map(({ side, kind, parameters }) => ({ side, kind, parameters })))(
    'switches $kind on for $side',
    async ({ side, kind, parameters }) => {
      await using here = await scene()
      const { markup } = await here.visitor.open('/control/faults')
      const form = formOf(markup, kind, side)
      for (const { name, isRequired } of parameters) {
        const field = `effect.${name}`
        if (isRequired && form[field] === '') form[field] = required[name] ?? ''
      }
      // Some effects make sense on some routes only.
      const entry = effectCatalogue.find((one) => one.side === side && one.kind === kind)
      const done = await here.submit('fault', {
        ...form,
        ...(side === 'api' && { on: entry?.operations[0] ?? '' }),
      })
      expect(done.text).toContain('The fault is on.')
      const [active] = (await here.faults()).active
      expect(active?.order).toMatchObject({ effect: { kind }, next: 1 })
      expect(active?.order['on'] === 'webhook').toBe(side === 'webhook')
    },
  )

  test('makes a route fail so often for one order, tells what was injected, and ends it', async () => {
    await using here = await scene()
    const { paymentId } = await here.client.create({ orderId: 'ORDER-1' })
    const other = await here.client.create({ orderId: 'ORDER-2' })
    const get = async (id: string) => (await here.client.get(`${paymentsPath}/${id}`)).status
    const on = await here.submit('fault', {
      kind: 'status',
      side: 'api',
      on: 'payments.get',
      phase: 'before',
      'effect.status': '503',
      'effect.retryAfter': '',
      next: '2',
      percent: '',
      subject: 'ORDER-1',
    })
    expect(on.text).toContain('Not as usual: 1 fault on')
    expect(await get(other.paymentId)).toBe(200)
    expect([await get(paymentId), await get(paymentId), await get(paymentId)]).toStrictEqual([
      503, 503, 200,
    ])
    const page = await here.visitor.open('/control/faults')
    expect(page.text).toContain('No fault is on')
    expect(page.markup.match(/GET \/v1\/external\/secretkey-auth\/payments\//g)).toHaveLength(2)
    await here.submit('fault-log-clear', {})
    expect((await here.faults()).log).toHaveLength(0)
  })

  test('removes one fault or all of them, and keeps the log', async () => {
    await using here = await scene()
    const fault = { kind: 'html', side: 'api', on: 'any', percent: '100' }
    await here.submit('fault', fault)
    await here.submit('fault', { ...fault, on: 'tokens' })
    await here.client.get(paymentsPath)
    const [first] = (await here.faults()).active
    const removed = await here.submit('fault-off', { id: first?.id ?? '' })
    expect(removed.text).toContain('The fault is off.')
    expect((await here.submit('fault-off', { id: first?.id ?? '' })).status).toBe(404)
    expect((await here.submit('faults-off', {})).text).toContain('All off: 1 fault removed')
    expect(await here.faults()).toMatchObject({ active: [], log: [{ effect: 'html' }] })
  })

  test.each([
    [{ 'effect.status': '5000', next: '1' }, 'Status: must be at most 599'],
    [{ 'effect.status': 'many', next: '1' }, 'Status: must be a number'],
    [{ 'effect.status': '', next: '1' }, 'Status is required'],
    [{ 'effect.status': '500', next: '', percent: '' }, 'Next or percent is required'],
    [{ 'effect.status': '500', next: '0' }, 'Next: must be more than 0'],
    [{ 'effect.status': '500', percent: '101' }, 'Percent: must be at most 100'],
    [{ 'effect.status': '500', next: '1', on: 'payments.pay' }, 'Route: must be one of'],
  ])('refuses %j, and keeps what was typed', async (fields, message) => {
    await using here = await scene()
    const refused = await here.submit('fault', {
      kind: 'status',
      side: 'api',
      on: 'payments.get',
      ...fields,
    })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain(message)
    const form = formOf(refused.markup, 'status', 'api')
    expect(form['effect.status']).toBe(fields['effect.status'])
    expect((await here.faults()).active).toHaveLength(0)
  })
})
