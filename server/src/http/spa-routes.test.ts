import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildHttp } from './build-http.ts'
import { quietSystem } from '../kernel/context.fixtures.ts'
import { operationsRoutes } from './operations-routes.ts'
import { spaRoutes } from './spa-routes.ts'

const page = '<!doctype html><title>Desk</title>'
const script = 'export const answer = 42'
let folder: string
let http: FastifyInstance
let faults: readonly string[] = []

// Below a folder called assets, as a checkout may well lie.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-spa-'))
  const dist = join(folder, 'assets/dist')
  mkdirSync(join(dist, 'assets'), { recursive: true })
  writeFileSync(join(dist, 'index.html'), page)
  writeFileSync(join(dist, 'icon.svg'), '<svg/>')
  writeFileSync(join(dist, 'assets/app-4f2a.js'), script)
  writeFileSync(join(dist, 'assets/app-4f2a.js.gz'), gzipSync(script))
  writeFileSync(join(folder, 'assets/secret.txt'), 'outside')
  http = await buildHttp({
    log: pino({ level: 'silent' }),
    publicUrl: new URL('http://localhost:3000'),
    trustedProxies: [],
  })
  operationsRoutes(http, { faults: async () => faults }, { facts: async () => quietSystem })
  await spaRoutes(http, dist)
})
afterAll(async () => {
  await http.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the browser app', () => {
  test.each(['/', '/payments', '/payments/pay_1?status=completed', '/sign-in'])(
    'is one page at %s, never kept by a cache',
    async (url) => {
      const answer = await http.inject({ url })
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toBe(page)
      expect(answer.headers).toMatchObject({
        'content-type': expect.stringMatching(/^text\/html/),
        'cache-control': 'no-store',
      })
    },
  )

  test('answers a HEAD as a monitor sends it', async () => {
    const answer = await http.inject({ method: 'HEAD', url: '/payments' })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toBe('')
  })

  test('hashed files are kept for ever and travel compressed', async () => {
    const headers = { 'accept-encoding': 'gzip' }
    const answer = await http.inject({ url: '/assets/app-4f2a.js', headers })
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      'content-type': expect.stringMatching(/javascript/),
      vary: expect.stringMatching(/accept-encoding/i),
    })
    expect((await http.inject({ url: '/assets/app-4f2a.js' })).body).toBe(script)
  })

  test('files without a hash are asked for again', async () => {
    const { headers } = await http.inject({ url: '/icon.svg' })
    expect(headers['cache-control']).toBe('no-cache')
  })

  test.each(['/assets/app-0000.js', '/assets/', '/api/nothing', '/trpc', '/webhooks/spacepay'])(
    'is not what is sent for %s',
    async (url) => {
      const answer = await http.inject({ url })
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({ message: 'Not found.' })
    },
  )

  test.each(['/assets/../../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/.%00./x'])(
    'leads nowhere outside its folder by %s',
    async (url) => {
      expect((await http.inject({ url })).body).not.toContain('outside')
    },
  )
})

describe('whoever runs Desk', () => {
  test('is told what is not ready, with 503', async () => {
    expect((await http.inject({ url: '/readyz' })).json()).toEqual({ ok: true, faults: [] })
    faults = ['The workers are not running.']
    const answer = await http.inject({ url: '/readyz' })
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toEqual({ ok: false, faults })
    expect((await http.inject({ url: '/healthz' })).statusCode).toBe(200)
  })

  test('counts answers by route and not by address, so that addresses cannot fill the memory', async () => {
    await http.inject({ url: '/payments/pay_one_of_many' })
    const { body } = await http.inject({ url: '/metrics' })
    expect(body).toMatch(
      /desk_http_request_duration_seconds_count\{.*route="\/readyz".*status="503"/,
    )
    expect(body).toContain('route="page"')
    expect(body).not.toContain('pay_one_of_many')
    expect(body).toContain('process_resident_memory_bytes')
  })
})
