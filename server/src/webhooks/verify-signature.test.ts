import { describe, expect, test } from 'vitest'
import { signed, signedAt, vector, type Delivery } from './signing.fixtures.ts'
import { secretIdOf, verifySignature, type SignatureRules } from './verify-signature.ts'

const rules: SignatureRules = { secrets: [vector.secret], toleranceSeconds: 300, now: signedAt }
const { body } = vector

describe('a good signature', () => {
  test('is the one of the published contract', () => {
    expect(vector.body).toHaveLength(344)
    const headers = {
      'x-spacepay-timestamp': vector.timestamp,
      'x-spacepay-signature': vector.signature,
    }
    expect(verifySignature({ headers, body: Buffer.from(vector.body) }, rules)).toEqual({
      ok: true,
      secretId: secretIdOf(vector.secret),
      timestamp: vector.timestamp,
      sentAt: signedAt,
      signature: vector.signature,
    })
  })

  test('may be written in upper case', () => {
    const delivery = signed({ body })
    const signature = String(delivery.headers['x-spacepay-signature']).toUpperCase()
    expect(check({ body, headers: { 'x-spacepay-signature': signature } })).toBe('ok')
  })

  test.each([
    ['keys in another order', '{"type":"a","data":{}}', '{"data":{},"type":"a"}'],
    ['spaces', '{ "type": "a" }', '{"type":"a"}'],
    ['a line break at the end', '{"type":"a"}\n', '{"type":"a"}'],
    ['escaped letters', String.raw`{"type":"\u0061"}`, '{"type":"a"}'],
    ['escapes in other case', String.raw`{"a":"\u00E9"}`, String.raw`{"a":"\u00e9"}`],
    ['escaped slashes', String.raw`{"a":"\/"}`, '{"a":"/"}'],
    ['duplicate keys', '{"type":"a","type":"b"}', '{"type":"b"}'],
    ['numbers spelt otherwise', '{"a":1.0}', '{"a":1}'],
    ['exponents', '{"a":1e2}', '{"a":100}'],
    ['a byte order mark', '\uFEFF{"type":"a"}', '{"type":"a"}'],
    ['another composition of a letter', '{"a":"e\u0301"}', '{"a":"\u00e9"}'],
    ['big integers', '{"a":12345678901234567890}', '{"a":12345678901234567000}'],
  ])('covers the bytes as they came: %s', (_name, sent, same) => {
    expect(check({ body: sent })).toBe('ok')
    const { headers } = signed({ body: sent })
    expect(verifySignature({ headers, body: Buffer.from(same) }, rules).ok).toBe(false)
  })

  test('holds under every live secret, and names which one made it', () => {
    const both = { ...rules, secrets: ['whsec_new', vector.secret] }
    const byOld = verifySignature(signed({ body }), both)
    const byNew = verifySignature(signed({ body, secret: 'whsec_new' }), both)
    expect([byOld, byNew]).toMatchObject([
      { ok: true, secretId: secretIdOf(vector.secret) },
      { ok: true, secretId: secretIdOf('whsec_new') },
    ])
    expect(secretIdOf('whsec_new')).not.toContain('whsec')
    expect(verifySignature(signed({ body }), { ...rules, secrets: ['whsec_new'] }).ok).toBe(false)
  })
})

describe('a bad signature', () => {
  const good = String(signed({ body }).headers['x-spacepay-signature'])
  const header = (value: string | string[] | undefined) => ({
    body,
    headers: { 'x-spacepay-signature': value },
  })
  const timestamp = (value: string | string[] | undefined) => ({
    body,
    headers: { 'x-spacepay-timestamp': value },
  })

  test.each<[string, Delivery]>([
    ['missing', header(undefined)],
    ['empty', header('')],
    ['one digit short', header(good.slice(1))],
    ['one digit long', header(`${good}0`)],
    ['not hex', header(`zz${good.slice(2)}`)],
    ['hex with a non-digit inside', header(`${good.slice(0, 62)}0g`)],
    ['prefixed', header(`sha256=${good}`)],
    ['with a space', header(` ${good}`)],
    ['in base64', header(Buffer.from(good, 'hex').toString('base64'))],
    ['an array of one', header([good])],
    ['an array of two', header([good, good])],
    ['sent twice and joined', header(`${good}, ${good}`)],
    ['the last digit changed', header(good.slice(0, 63) + (good.endsWith('0') ? '1' : '0'))],
    ['all zeros', header('0'.repeat(64))],
    ['by another secret', { body, secret: 'whsec_other' }],
    ['by an empty secret', { body, secret: '' }],
    ['without a timestamp', timestamp(undefined)],
    ['with an array of timestamps', timestamp([vector.timestamp])],
    ['over another timestamp', timestamp(String(Number(vector.timestamp) + 1))],
    ['over the same timestamp spelt otherwise', timestamp(`${vector.timestamp}.0`)],
  ])('is refused: %s', (_name, delivery) => {
    expect(check(delivery)).toBe('invalid_signature')
  })

  test('is refused over a changed, cut or extended body', () => {
    const { headers } = signed({ body })
    const others = [body.replace('14999', '14998'), body.slice(0, -1), `${body} `, '']
    for (const other of others) {
      const checked = verifySignature({ headers, body: Buffer.from(other) }, rules)
      expect(checked).toMatchObject({ ok: false, verdict: 'invalid_signature' })
    }
  })

  test('says that Desk has no secret rather than blaming the sender', () => {
    expect(verifySignature(signed({ body }), { ...rules, secrets: [] })).toMatchObject({
      ok: false,
      verdict: 'unknown_secret',
    })
  })
})

describe('the timestamp', () => {
  const nowMs = signedAt.getTime()

  test.each([
    [-301, 'stale_timestamp'],
    [-300, 'ok'],
    [-299, 'ok'],
    [299, 'ok'],
    [300, 'ok'],
    [301, 'stale_timestamp'],
  ])('%i seconds from now: %s', (seconds, verdict) => {
    expect(check({ body, timestamp: String(nowMs / 1000 + seconds) })).toBe(verdict)
    expect(check({ body, timestamp: String(nowMs + seconds * 1000) })).toBe(verdict)
    expect(check({ body, timestamp: new Date(nowMs + seconds * 1000).toISOString() })).toBe(verdict)
  })

  test.each(['', 'soon', '176722560', '17672256000', '1e9', '2026-01-01', '2026-13-01T00:00:00Z'])(
    'that cannot be read is stale, however well signed: %j',
    (timestamp) => {
      expect(check({ body, timestamp })).toBe('stale_timestamp')
    },
  )

  test('may be further off where the operator says so', () => {
    const lenient = { ...rules, toleranceSeconds: 3_600 }
    const old = signed({ body, timestamp: String(nowMs / 1000 - 3_000) })
    expect(verifySignature(old, lenient).ok).toBe(true)
  })
})

// The suite of Standard Webhooks, case by case; its scheme signs an id, too, and writes base64.
describe('the named cases of the Standard Webhooks suite', () => {
  const seconds = Number(vector.timestamp)
  const only = (headers: readonly string[]) => {
    const all = signed({ body }).headers
    const kept = headers.map((name) => [name, all[name]])
    return verifySignature({ headers: Object.fromEntries(kept), body: Buffer.from(body) }, rules).ok
  }
  const changed = (headers: Delivery['headers']) => check({ body, ...(headers && { headers }) })

  test('empty key raises error', () => {
    const empty = { ...rules, secrets: [''] }
    const checked = verifySignature(signed({ body, secret: '' }), empty)
    expect(checked).toMatchObject({ ok: false, verdict: 'unknown_secret' })
  })
  test('missing id raises error: here the id is not signed, so it may be missing', () => {
    expect(changed({ 'x-spacepay-event-id': undefined })).toBe('ok')
  })
  test('missing timestamp raises error', () => {
    expect(changed({ 'x-spacepay-timestamp': undefined })).toBe('invalid_signature')
  })
  test('invalid timestamp throws error', () => {
    expect(changed({ 'x-spacepay-timestamp': 'hello' })).toBe('invalid_signature')
    expect(check({ body, timestamp: 'hello' })).toBe('stale_timestamp')
  })
  test('missing signature raises error', () => {
    expect(changed({ 'x-spacepay-signature': undefined })).toBe('invalid_signature')
  })
  test('invalid signature throws error', () => {
    expect(changed({ 'x-spacepay-signature': 'dawfeoifkpqwoekfpqoekf' })).toBe('invalid_signature')
  })
  test('partial signature throws error', () => {
    const part = vector.signature.slice(0, 8)
    expect(changed({ 'x-spacepay-signature': part })).toBe('invalid_signature')
    expect(changed({ 'x-spacepay-signature': '' })).toBe('invalid_signature')
  })
  test('valid signature is valid', () => {
    expect(check({ body })).toBe('ok')
  })
  test('valid unbranded signature is valid: the two headers that are signed with are enough', () => {
    expect(only(['x-spacepay-timestamp', 'x-spacepay-signature'])).toBe(true)
  })
  test('old timestamp fails', () => {
    expect(check({ body, timestamp: String(seconds - 301) })).toBe('stale_timestamp')
  })
  test('new timestamp fails', () => {
    expect(check({ body, timestamp: String(seconds + 301) })).toBe('stale_timestamp')
  })
  test('multi sig payload is valid: here one header has one signature, and Desk has many secrets', () => {
    const list = `v1,AAAA v2,BBBB ${vector.signature}`
    expect(changed({ 'x-spacepay-signature': list })).toBe('invalid_signature')
    const many = { ...rules, secrets: ['whsec_a', 'whsec_b', vector.secret, 'whsec_c'] }
    expect(verifySignature(signed({ body }), many).ok).toBe(true)
  })
  test('verification works with and without signature prefix: the secret is used as it is written', () => {
    const bare = vector.secret.replace('whsec_', '')
    expect(verifySignature(signed({ body, secret: bare }), rules).ok).toBe(false)
    expect(verifySignature(signed({ body, secret: bare }), { ...rules, secrets: [bare] }).ok).toBe(
      true,
    )
  })
  test('sign function works: the published vector', () => {
    expect(signed({ body }).headers['x-spacepay-signature']).toBe(vector.signature)
  })
})

function check(delivery: Delivery): string {
  const checked = verifySignature(signed(delivery), rules)
  return checked.ok ? 'ok' : checked.verdict
}
