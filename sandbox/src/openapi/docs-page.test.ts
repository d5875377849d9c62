import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { startSandbox } from '../start-sandbox.ts'
import { documented } from './testing/documented.ts'

describe.each([
  ['/docs', '/docs/swagger.json'],
  ['/docs/control', '/docs/control.json'],
])('the page %s', (path, document) => {
  const read = async () => {
    await using sandbox = await startSandbox()
    const response = await fetch(sandbox.url + path)
    const served: unknown = await (await fetch(sandbox.url + document)).json()
    return {
      headers: response.headers,
      text: await response.text(),
      book: documented(served),
    }
  }

  test('has a section and a place in the contents for every operation', async () => {
    const { text, book } = await read()
    const operations = [...book.operations, ...book.webhooks]
    expect(operations.length).toBeGreaterThan(15)
    for (const { operation, path } of operations) {
      expect(text).toContain(`<section id="${operation.operationId}">`)
      expect(text).toContain(`href="#${operation.operationId}"`)
      expect(text).toContain(path)
    }
  })

  test('leads nowhere by mistake, and names nothing twice', async () => {
    const { text } = await read()
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const targets = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(targets.length).toBeGreaterThan(20)
    expect(targets.filter((target) => !ids.includes(target))).toEqual([])
  })

  test('runs and loads nothing but what is ours', async () => {
    const { text, headers } = await read()
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).not.toMatch(/<style|<script(?! type="module" src="\/)| style=| on\w+="/)
  })

  test('has a call to paste for every route, which a shell takes as it is meant', async () => {
    const { text, book } = await read()
    const calls = callsIn(text)
    expect(calls).toHaveLength(book.operations.length)
    for (const { method, url, body } of calls) {
      const operation = book.operationOf(method, new URL(url).pathname)?.operation
      const examples = Object.values(
        operation?.requestBody?.content['application/json'].examples ?? {},
      )
      const [example] = examples
      expect(operation?.operationId).toBeTypeOf('string')
      expect(body === null ? undefined : { value: JSON.parse(body) }).toEqual(
        example && 'value' in example ? { value: example.value } : undefined,
      )
    }
  })
})

test('calls that need no payment of one’s own work as they are pasted', async () => {
  await using sandbox = await startSandbox()
  const calls = callsIn(await (await fetch(`${sandbox.url}/docs`)).text())
  const statuses: Record<string, number> = {}
  for (const { method, url, headers, body } of calls) {
    const { pathname } = new URL(url)
    if (/(payments|withdrawals)\/./.test(pathname)) continue
    const response = await fetch(url, { method, headers, ...(body !== null && { body }) })
    statuses[`${method} ${pathname.split('/').at(-1)}`] = response.status
  }
  expect(statuses).toEqual({
    'POST payments': 201,
    'GET payments': 200,
    'POST withdrawals': 201,
    'GET withdrawals': 200,
    'GET balances': 200,
    'GET v1': 200,
    'GET chains': 200,
    'GET 84532': 200,
    'GET tokens': 200,
    'GET 4f245c9b-b6d1-403b-b9d6-46887e701f78': 200,
  })
})

test('the page of the control says that SpacePay has none of it', async () => {
  await using sandbox = await startSandbox()
  const text = await (await fetch(`${sandbox.url}/docs/control`)).text()
  expect(text).toContain('nothing here exists at SpacePay')
})

test('a secret key of one’s own is not shown', async () => {
  const shown = async (secretKey: string) => {
    await using sandbox = await startSandbox({ overrides: { secretKey } })
    return (await fetch(`${sandbox.url}/docs`)).text()
  }
  expect(await shown('sk_test_sandbox_merchant')).toContain('sk_test_sandbox_merchant')
  expect(await shown('sk_test_of_my_own')).not.toContain('sk_test_of_my_own')
})

/** The example calls of a page, taken apart by a real shell in which curl only says what it was given. */
function callsIn(text: string) {
  return [...text.matchAll(/<pre\s+class="call"[^>]*><code>([^<]+)/g)].map(([, escaped = '']) => {
    const call = escaped
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
    const said = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${call}`]).toString()
    const words = said.split('\0').slice(0, -1)
    const after = (flag: string) =>
      words.flatMap((word, index) => (words[index - 1] === flag ? [word] : []))
    return {
      method: after('-X')[0] ?? 'GET',
      url: words.find((word) => word.startsWith('http')) ?? '',
      headers: after('-H').map((header): [string, string] => {
        const colon = header.indexOf(': ')
        return [header.slice(0, colon), header.slice(colon + 2)]
      }),
      body: after('-d')[0] ?? null,
    }
  })
}
