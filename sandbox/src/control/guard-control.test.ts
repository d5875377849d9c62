import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../start-sandbox.ts'
import { clientOf } from '../testing/sandbox-client.ts'

/** Asks with headers that `fetch` would not let us set. */
async function ask(
  sandbox: RunningSandbox,
  headers: Readonly<Record<string, string>>,
  asked = { method: 'GET', path: '/__sandbox/state' },
) {
  const url = new URL(asked.path, sandbox.url)
  return new Promise<number | undefined>((resolve, reject) => {
    request(url, { method: asked.method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end()
  })
}

/** As a browser says it of a link or a form on another site. */
const followed = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}

describe('what controls the sandbox', () => {
  test('is not for a sandbox that other machines can reach', async () => {
    await using sandbox = await startSandbox({ overrides: { host: '0.0.0.0' } })
    const client = clientOf(sandbox)
    const { status, body } = await client.get('/__sandbox/state')
    expect(status).toBe(403)
    expect(body).toMatchObject({
      code: 'invalid_request',
      error: { code: 'control_forbidden', message: expect.stringContaining('SANDBOX_CONTROL') },
    })
    expect((await client.simulate('any', 'exact')).status).toBe(403)
    const start = await client.get('/')
    expect(start.status).toBe(403)
    expect(JSON.stringify(start.body)).not.toContain(sandbox.secretKey)
    // What SpacePay serves is served all the same.
    expect((await client.create()).payment.status).toBe('pending')
  })

  test('is for it when the settings say so', async () => {
    await using sandbox = await startSandbox({
      overrides: { host: '0.0.0.0', controlFromAnywhere: true },
    })
    expect((await clientOf(sandbox).get('/__sandbox/state')).status).toBe(200)
  })

  test.each([
    ['a call from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sister of this site', { 'sec-fetch-site': 'same-site' }, 403],
    ['an old browser elsewhere', { origin: 'https://evil.example' }, 403],
    ['a name that was made to point here', { host: 'evil.example:4010' }, 403],
    ['a frame in another site', { ...followed, 'sec-fetch-dest': 'iframe' }, 403],
    ['a link on another site', followed, 200],
    ['one of our own pages', { 'sec-fetch-site': 'same-origin' }, 200],
    ['the address bar', { 'sec-fetch-site': 'none' }, 200],
    ['a program', {}, 200],
    ['the name of this machine', { host: 'localhost:4010' }, 200],
  ])('answers %s', async (_case, headers, status) => {
    await using sandbox = await startSandbox()
    expect(await ask(sandbox, headers)).toBe(status)
  })

  test('is not set by a form on another site, though a browser would show what it leads to', async () => {
    await using sandbox = await startSandbox()
    const asked = { method: 'POST', path: '/__sandbox/reset' }
    expect(await ask(sandbox, followed, asked)).toBe(403)
  })
})
