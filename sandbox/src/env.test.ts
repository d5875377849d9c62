import { describe, expect, test } from 'vitest'
import { readEnv } from './env.ts'
import { defaultSettings } from './settings.ts'

describe('the environment', () => {
  test('may be empty: every setting has its default', () => {
    expect(readEnv({})).toStrictEqual({
      ok: true,
      port: 4010,
      settings: { ...defaultSettings, dataFile: '.data/sandbox/journal.jsonl', logLevel: 'warn' },
    })
  })

  test('reports every fault at once, each with its variable’s name', () => {
    const reading = readEnv({
      SANDBOX_PORT: '99999',
      SANDBOX_WEBHOOK_URL: 'http://shop.example/hook',
      SANDBOX_RATE_LIMIT: 'fast',
      SANDBOX_TRAFFIC: 'yes',
      SANDBOX_SECRET_KEY: 'pk_test',
    })
    expect(reading).toStrictEqual({
      ok: false,
      faults: [
        'SANDBOX_PORT must be a whole number from 0 to 65535',
        'SANDBOX_WEBHOOK_URL must be https, or http on localhost',
        'SANDBOX_SECRET_KEY must start with sk_',
        'SANDBOX_RATE_LIMIT must be off, or requests/seconds such as 100/10',
        'SANDBOX_TRAFFIC must be on or off',
      ],
    })
  })

  test('switches the rate limit, and prefers a file to a folder', () => {
    const settings = (set: Record<string, string>) => {
      const reading = readEnv(set)
      if (!reading.ok) throw new Error(reading.faults.join())
      return reading.settings
    }
    expect(settings({ SANDBOX_RATE_LIMIT: 'off' }).rateLimit).toBeNull()
    expect(settings({ SANDBOX_RATE_LIMIT: '5/2' }).rateLimit).toEqual({
      requests: 5,
      windowMs: 2_000,
    })
    expect(settings({ SANDBOX_DATA_FILE: '/tmp/a', SANDBOX_DATA_DIR: '/tmp/b' }).dataFile).toBe(
      '/tmp/a',
    )
  })
})
