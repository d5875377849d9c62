import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { chatUrlFault, postChat } from './post-chat.ts'
import { isPublicAddress } from './public-address.ts'

describe('what leads to the open internet', () => {
  test.each([
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.0.1.1',
    '198.17.255.255',
    '223.255.255.255',
    '2606:4700::1111',
  ])('%s does', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:1.1.1.1',
    '64:ff9b::a00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'localhost',
    '',
  ])('%s does not', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

const nowhere = { allowedHosts: new Set<string>() }

test.each([
  'http://chat.example/hook',
  'ftp://chat.example/hook',
  'file:///etc/passwd',
  'https://user:secret@chat.example/hook',
  'chat.example',
])('%s is refused by its text alone', (url) => {
  expect(chatUrlFault(url, nowhere)).not.toBeNull()
})

test.each([
  'https://127.0.0.1/hook',
  'https://2130706433/hook',
  'https://0x7f.1/hook',
  'https://[::1]/hook',
  'https://[::ffff:10.0.0.1]/hook',
  'https://169.254.169.254/latest',
  'https://localhost/hook',
])('%s is refused once it is resolved, before anything is sent', async (url) => {
  await expect(postChat(url, 'hello', nowhere)).rejects.toThrow('leads into a private network')
})

test('a name is refused when any of its addresses is private, and nobody is called', async () => {
  const resolve = async () => ['1.1.1.1', '10.0.0.5']
  await expect(
    postChat('https://chat.example/hook', 'hello', { ...nowhere, resolve }),
  ).rejects.toThrow('chat.example leads into a private network')
})

async function receiver(status: number, headers = {}) {
  const heard: { path: string; body: string }[] = []
  const server = createServer((request, response) => {
    const answer = async () => {
      heard.push({ path: request.url ?? '', body: await text(request) })
      response.writeHead(status, headers).end('ok')
    }
    void answer()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    host: `chat.example:${port}`,
    heard,
    [Symbol.asyncDispose]: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}

test('a message goes to the very address that was resolved, in the form that Slack made common', async () => {
  await using chat = await receiver(200)
  let asked = 0
  const reach = {
    allowedHosts: new Set([chat.host]),
    resolve: async () => [(asked += 1) === 1 ? '127.0.0.1' : '203.0.113.9'],
  }
  await postChat(`http://${chat.host}/hook/secret`, 'Zoë’s alarm', reach)
  expect(chat.heard).toEqual([{ path: '/hook/secret', body: '{"text":"Zoë’s alarm"}' }])
  expect(asked).toBe(1)
})

test('a redirect is not followed, wherever it leads', async () => {
  await using inside = await receiver(200)
  await using chat = await receiver(302, { location: `http://${inside.host}/` })
  const reach = {
    allowedHosts: new Set([chat.host, inside.host]),
    resolve: async () => ['127.0.0.1'],
  }
  await expect(postChat(`http://${chat.host}/`, 'hello', reach)).rejects.toThrow('redirect (302)')
  expect(inside.heard).toEqual([])
})

test('an answer that is no success is a failure to be tried again', async () => {
  await using chat = await receiver(503)
  const reach = { allowedHosts: new Set([chat.host]), resolve: async () => ['127.0.0.1'] }
  await expect(postChat(`http://${chat.host}/`, 'hello', reach)).rejects.toThrow('status 503')
})

test('what people wrote into a message calls nobody and hides no link', async () => {
  await using chat = await receiver(200)
  const reach = { allowedHosts: new Set([chat.host]), resolve: async () => ['127.0.0.1'] }
  await postChat(`http://${chat.host}/`, '<!channel> <https://evil.example|R&D>', reach)
  expect(chat.heard[0]?.body).toBe(
    '{"text":"&lt;!channel&gt; &lt;https://evil.example|R&amp;D&gt;"}',
  )
})
