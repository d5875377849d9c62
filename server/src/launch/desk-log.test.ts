import { expect, test } from 'vitest'
import { buildHttp } from '../http/build-http.ts'
import { deskLog } from './desk-log.ts'

const canary = 'canary-7f3a'

test.each([
  { password: canary },
  { body: { email: 'ada@shop.example', password: canary } },
  { input: { current: { newPassword: canary } } },
  { req: { headers: { authorization: `Bearer ${canary}`, cookie: canary } } },
  { headers: { 'set-cookie': [canary], 'x-spacepay-secret-key': canary } },
  { session: { token: canary, previous_token: canary } },
  { payment: { paymentUrl: `https://pay.example/${canary}` } },
  { invitation: { link: `https://desk.example/invitation#${canary}` } },
  { recoveryCodes: [canary], code: canary },
  { rows: [{ secret: canary }, { clientSecret: canary }, { client_secret: canary }] },
  { deep: { a: { b: { c: { d: { e: { f: { g: canary } } } } } } } },
  { err: Object.assign(new Error('refused'), { config: { smtpUrl: canary, token: canary } }) },
])('a log line hides what opens something: %j', (fields) => {
  const { log, lines } = listening()
  log.error(fields, 'by mistake')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('by mistake')
  expect(lines[0]).not.toContain(canary)
})

test('a code that somebody typed is hidden, one that a program reports is not', () => {
  const { log, lines } = listening()
  for (const code of ['492039', '492 039', 'k7fh-29ab-wq3d']) log.info({ code }, 'typed')
  expect(lines.join('')).not.toMatch(/492|k7fh/)
  log.info({ code: 'idempotency_conflict' }, 'reported')
  log.info({ err: Object.assign(new Error('no'), { code: '23505' }) }, 'reported')
  log.info({ err: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) }, 'reported')
  expect(lines.join('')).toMatch(/idempotency_conflict[\s\S]*23505[\s\S]*ECONNREFUSED/)
})

test('keys and passwords are hidden within messages and stacks, the rest stays', () => {
  const { log, lines } = listening()
  log.error(new Error(`sk_live_${canary} and whsec_${canary.replace('-', '_')} are wrong`))
  log.warn(`cannot reach postgresql://desk:${canary}@db.example:5432/desk`)
  expect(lines.join('')).not.toMatch(/live_canary|whsec_canary|desk:canary/)
  expect(lines.join('')).toMatch(/are wrong[\s\S]*db\.example:5432/)
  expect(lines[0]).toMatch(/desk-log\.test\.ts/)
})

test('what helps to find a fault is written as it is', () => {
  const { log, lines } = listening()
  const fields = { seq: 7, hash: '9f2c', requestId: 'req-1', at: new Date(0), address: '::1' }
  log.info(fields, 'audit head')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ...fields, at: '1970-01-01T00:00:00.000Z' })
})

test('a request that fails is logged under its id, without what its error carried', async () => {
  const { log, lines } = listening()
  const publicUrl = new URL('https://desk.example')
  const http = await buildHttp({ log, publicUrl, trustedProxies: [] })
  http.get('/fails', async () => {
    throw Object.assign(new Error('upstream said no'), { request: { password: canary } })
  })
  const answer = await http.inject({ url: '/fails' })
  await http.close()
  expect(answer.statusCode).toBe(500)
  const { requestId } = answer.json()
  expect(answer.headers['x-request-id']).toBe(requestId)
  expect(answer.json()).toEqual({ message: 'internal error', requestId })
  expect(lines).toEqual([expect.stringContaining(requestId)])
  expect(lines[0]).toMatch(/upstream said no/)
  expect(lines[0]).not.toContain(canary)
})

function listening() {
  const lines: string[] = []
  return { lines, log: deskLog('info', { write: (line) => void lines.push(line) }) }
}
