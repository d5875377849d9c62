import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { startLyingProxy } from './lying-proxy.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const key = 'sk_test_sandbox_merchant'

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** `pnpm conformance` with these words behind it. */
function conformance(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...words], (_error, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err })
    })
  })
}

describe('a run', () => {
  test('prints a line for each check and a summary, and ends with 0 when nothing failed', async () => {
    await using sandbox = await startSandbox()
    const only = ['--only', 'idempotency, withdrawals']
    const { code, out, err } = await conformance('--base-url', sandbox.url, '--key', key, ...only)
    expect(err).toBe('')
    const lines = out.trim().split('\n')
    expect(lines).toContain('pass  idempotency: the same key with another body is 409')
    expect(lines).toContain(
      'skip  withdrawals: a withdrawal above the maximum is refused: it could move money: give --withdraw-to',
    )
    expect(lines.at(-1)).toMatch(/^\d+ checks: \d+ passed, 0 failed, 4 skipped$/)
    expect(code).toBe(0)
  })

  test('ends with 1 when a check failed, and says what was expected and what came', async () => {
    await using sandbox = await startSandbox()
    await using proxy = await startLyingProxy(sandbox.url, {
      answer: (told, { path }) => (path === '/v1' ? { status: 503, body: 'down' } : told),
    })
    const only = ['--only', 'shapes']
    const { code, out } = await conformance('--base-url', proxy.url, '--key', key, ...only)
    expect(out).toContain(
      'FAIL  shapes: the health route answers 200 without a key: expected GET /v1 to answer 200, got 503 down\n',
    )
    expect(code).toBe(1)
  })

  test('keeps keys and payment secrets out of what it prints', async () => {
    await using sandbox = await startSandbox()
    // Every create fails, and shows what it has in the report.
    await using proxy = await startLyingProxy(sandbox.url, {
      answer: (told) => ({
        ...told,
        body: told.body.replace(
          /^\{"payment":.*("paymentUrl".*?"secret":"[^"]*).*$/,
          '{"payment":{"id":5},$1"}',
        ),
      }),
    })
    const only = ['--only', 'shapes,idempotency']
    const { code, out } = await conformance('--base-url', proxy.url, '--key', key, ...only)
    expect(code).toBe(1)
    expect(out).toContain('payment.id: Invalid input')
    expect(out).toContain('&secret=…","secret":"…"}')
    expect(out).not.toMatch(/ps_sandbox_|sk_test_/)
  })

  test('is one JSON document with --json', async () => {
    await using sandbox = await startSandbox()
    const only = ['--only', 'registry', '--json']
    const { code, out } = await conformance('--base-url', sandbox.url, '--key', key, ...only)
    const report = z
      .object({
        baseUrl: z.literal(sandbox.url),
        passed: z.literal(6),
        failed: z.literal(0),
        skipped: z.literal(0),
        checks: z.array(z.object({ group: z.string(), name: z.string(), outcome: z.string() })),
      })
      .parse(JSON.parse(out))
    expect(report.checks[0]).toStrictEqual({
      group: 'registry',
      name: 'chains are listed without a key, enabled ones only, each once',
      outcome: 'pass',
    })
    expect(code).toBe(0)
  })

  test('that is interrupted stops at once and takes its webhook endpoint back', async () => {
    await using sandbox = await startSandbox()
    const endpoints = async () => (await fetch(`${sandbox.url}/__sandbox/webhooks`)).text()
    const only = ['--only', 'webhooks']
    const words = ['--base-url', sandbox.url, '--key', key, ...only]
    const child = execFile(process.execPath, [main, ...words])
    let out = ''
    child.stdout?.on('data', (text: string) => {
      out += text
    })
    const ended = new Promise<number | null>((resolve) => {
      child.once('exit', resolve)
    })
    await expect.poll(endpoints, { timeout: 10_000 }).toContain('Conformance')
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(out).not.toContain('a new withdrawal is told')
    expect(await endpoints()).toBe('{"data":[]}')
  })
})

describe('what cannot be run ends with 2 and says the way out', () => {
  const here = ['--base-url', 'http://127.0.0.1:4010']
  const mine = ['--key', key]
  test.each([
    { words: [], says: ['--base-url is missing', '--key is missing'] },
    {
      words: ['--base-url', 'sandbox', ...mine],
      says: ['--base-url must be an http or https URL'],
    },
    { words: [...here, '--key', 'pk_test_x'], says: ['--key must be a secret key'] },
    {
      words: ['--base-url', 'https://api.spacepay.co.uk', '--key', 'sk_live'],
      says: ['--key must be a test key, which starts with sk_test_'],
    },
    {
      words: [...here, ...mine, '--other-key', key],
      says: ['--other-key must be the key of another'],
    },
    { words: [...here, ...mine, '--only', 'speed'], says: ['--only must be some of shapes,'] },
    { words: [...here, ...mine, '--withdraw-to', 'me'], says: ['--withdraw-to must be an EVM'] },
    {
      words: [...here, ...mine, '--webhook-port', '80'],
      says: ['--webhook-secret and --webhook-port belong together'],
    },
    {
      words: [...here, ...mine, '--webhook-secret', 'x', '--webhook-port', '99999'],
      says: ['--webhook-port must be a whole number from 1 to 65535'],
    },
    { words: [...here, ...mine, '--fast'], says: ["Unknown option '--fast'"] },
  ])('$words', async ({ words, says }) => {
    const { code, out, err } = await conformance(...words)
    for (const said of says) expect(err).toContain(said)
    expect(err).toContain('Try pnpm conformance --help.')
    expect(out).toBe('')
    expect(code).toBe(2)
  })

  test('nobody there', async () => {
    const { code, err } = await conformance('--base-url', 'http://127.0.0.1:9', ...mine)
    expect(err).toMatch(
      /^Nothing can be reached at http:\/\/127\.0\.0\.1:9: .*correct --base-url\.\n$/,
    )
    expect(code).toBe(2)
  })

  test('a key that is not known there', async () => {
    await using sandbox = await startSandbox()
    const wrong = ['--base-url', sandbox.url, '--key', 'sk_test_wrong']
    const { code, err } = await conformance(...wrong)
    expect(err).toContain('does not accept this secret key')
    expect(code).toBe(2)
  })

  test('while help is no fault', async () => {
    const { code, out } = await conformance('--', '--help')
    expect(out).toMatch(/^Usage: pnpm conformance --base-url <url> --key/)
    expect(code).toBe(0)
  })
})
