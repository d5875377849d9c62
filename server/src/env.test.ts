import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Env, readEnv, type Variables } from './env.ts'

const hexKey = 'ab'.repeat(32)
const realSpacePay = {
  SPACEPAY_BASE_URL: 'https://api.spacepay.co.uk',
  SPACEPAY_SECRET_KEY: 'sk_live_1',
  SPACEPAY_WEBHOOK_SECRETS: 'whsec_new, whsec_old',
  DESK_ENCRYPTION_KEY: hexKey,
}

describe('what nobody set', () => {
  test('is a demo on its usual ports, with its own database and a quiet log', () => {
    expect(envOf({})).toMatchObject({
      port: 3000,
      sandboxPort: 4010,
      databaseUrl: null,
      spacepay: null,
      publicUrl: null,
      businessZone: 'Europe/London',
      logLevel: 'warn',
      webhookToleranceSeconds: 300,
    })
    expect(envOf({}).dataDir).toMatch(/\/\.data$/)
  })

  test('an empty variable counts as not set', () => {
    expect(envOf({ PORT: '', SPACEPAY_SECRET_KEY: '', DATABASE_URL: '' })).toEqual(envOf({}))
  })

  test('a database of one’s own does not end the demo', () => {
    const url = 'postgresql://desk@db/desk'
    expect(envOf({ DATABASE_URL: url })).toMatchObject({ databaseUrl: url, spacepay: null })
  })
})

describe('a real SpacePay', () => {
  test('is all four variables, with every live webhook secret', () => {
    expect(envOf(realSpacePay)).toMatchObject({
      spacepay: {
        baseUrl: 'https://api.spacepay.co.uk',
        secretKey: 'sk_live_1',
        webhookSecrets: ['whsec_new', 'whsec_old'],
        encryptionKey: Buffer.from(hexKey, 'hex'),
      },
      logLevel: 'info',
    })
  })

  test.each(Object.keys(realSpacePay))('half set is a fault that names the missing %s', (name) => {
    const faults = faultsOf({ ...realSpacePay, [name]: undefined })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^${name} is missing although`))
  })

  test('half set is told beside every other fault, not after it', () => {
    const faults = faultsOf({ SPACEPAY_SECRET_KEY: 'sk_live_1', PORT: 'http', LOG_LEVEL: 'loud' })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
      'SPACEPAY_BASE_URL',
      'SPACEPAY_WEBHOOK_SECRETS',
      'DESK_ENCRYPTION_KEY',
    ])
  })
})

describe('secrets in files', () => {
  test('stand for the variable, without the line end that editors add', () => {
    using folder = scratch()
    const file = folder.write('key', 'sk_live_from_file\n')
    const variables = {
      ...realSpacePay,
      SPACEPAY_SECRET_KEY: undefined,
      SPACEPAY_SECRET_KEY_FILE: file,
    }
    expect(envOf(variables).spacepay?.secretKey).toBe('sk_live_from_file')
  })

  test('are taken for mail and single sign-on too', () => {
    using folder = scratch()
    const env = envOf({
      SMTP_URL_FILE: folder.write('smtp', 'smtps://desk:pass@mail.shop.example\n'),
      MAIL_FROM: 'desk@shop.example',
      ...provider,
      OIDC_CLIENT_SECRET: undefined,
      OIDC_CLIENT_SECRET_FILE: folder.write('oidc', 'from a file\n'),
    })
    expect(env.mail?.smtpUrl).toBe('smtps://desk:pass@mail.shop.example')
    expect(env.singleSignOn?.clientSecret).toBe('from a file')
  })

  test('a missing, an empty and a doubled one are each a fault', () => {
    using folder = scratch()
    const faults = faultsOf({
      ...realSpacePay,
      DATABASE_URL_FILE: join(folder.path, 'nowhere'),
      SPACEPAY_WEBHOOK_SECRETS: undefined,
      SPACEPAY_WEBHOOK_SECRETS_FILE: folder.write('empty', '\n'),
      SPACEPAY_SECRET_KEY_FILE: folder.write('key', 'sk_live_2'),
    })
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^DATABASE_URL_FILE cannot be read/),
        expect.stringMatching(/^SPACEPAY_WEBHOOK_SECRETS_FILE names an empty file/),
        expect.stringMatching(/^SPACEPAY_SECRET_KEY and SPACEPAY_SECRET_KEY_FILE are both set/),
      ]),
    )
  })
})

test.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '80a'],
  ['SANDBOX_PORT', '-1'],
  ['DATABASE_URL', 'mysql://db/desk'],
  ['DATABASE_URL', 'desk'],
  ['SPACEPAY_BASE_URL', 'spacepay.test'],
  ['SPACEPAY_BASE_URL', 'ftp://spacepay.test'],
  ['SPACEPAY_SECRET_KEY', 'pk_live_1'],
  ['SPACEPAY_SECRET_KEY', 'sk_live_1\nX-Injected: yes'],
  ['SPACEPAY_WEBHOOK_SECRETS', ' , '],
  ['DESK_ENCRYPTION_KEY', 'correct horse battery staple'],
  ['DESK_ENCRYPTION_KEY', hexKey.slice(1)],
  ['DESK_ENCRYPTION_KEY', Buffer.alloc(31, 1).toString('base64')],
  ['DESK_PUBLIC_URL', 'desk.shop.test'],
  ['DESK_PUBLIC_URL', 'https://shop.example/desk'],
  ['DESK_BUSINESS_ZONE', 'Europe/Londinium'],
  ['LOG_LEVEL', 'loud'],
])('%s=%j is one fault that names the variable and never repeats its value', (name, value) => {
  const faults = faultsOf({ ...realSpacePay, [name]: value })
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(new RegExp(`^${name} must `))
  expect(faults[0]).not.toContain(value)
})

test('the encryption key is the same 32 bytes in hex and in base64', () => {
  const bytes = Buffer.from(hexKey, 'hex')
  for (const text of [hexKey, hexKey.toUpperCase(), bytes.toString('base64')]) {
    const { spacepay } = envOf({ ...realSpacePay, DESK_ENCRYPTION_KEY: text })
    expect(spacepay?.encryptionKey).toEqual(bytes)
  }
})

test('Desk and its sandbox cannot share a port, a real SpacePay needs no second one', () => {
  expect(faultsOf({ PORT: '4010' })).toEqual([expect.stringMatching(/^SANDBOX_PORT is 4010/)])
  expect(envOf({ ...realSpacePay, PORT: '4010' }).port).toBe(4010)
})

const provider = {
  OIDC_ISSUER: 'https://login.shop.example',
  OIDC_CLIENT_ID: 'desk',
  OIDC_CLIENT_SECRET: 'a secret',
}

test('mail and single sign-on are off until they are set as a whole', () => {
  expect(envOf({})).toMatchObject({ mail: null, singleSignOn: null, passwordSignIn: true })
  expect(
    envOf({ SMTP_URL: 'smtps://mail.shop.example', MAIL_FROM: 'desk@shop.example' }).mail,
  ).toEqual({ smtpUrl: 'smtps://mail.shop.example', from: 'desk@shop.example', auditTo: null })
  const { singleSignOn } = envOf({
    ...provider,
    OIDC_ROLES: 'cn=admins,dc=shop=admin; clerks=finance, approver;',
  })
  expect(singleSignOn?.issuer.href).toBe('https://login.shop.example/')
  expect([...(singleSignOn?.rolesByGroup ?? [])]).toEqual([
    ['cn=admins,dc=shop', ['admin']],
    ['clerks', ['finance', 'approver']],
  ])
})

test.each([
  [{ SMTP_URL: 'smtp://mail.shop.example' }, /^MAIL_FROM is missing/],
  [{ SMTP_URL: 'mail.shop.example', MAIL_FROM: 'desk@shop.example' }, /^SMTP_URL must be/],
  [{ AUDIT_MAIL_TO: 'audit@shop.example' }, /^AUDIT_MAIL_TO is set but SMTP_URL is not/],
  [{ ...provider, OIDC_CLIENT_SECRET: '' }, /^OIDC_CLIENT_SECRET is missing although/],
  [{ ...provider, OIDC_ISSUER: 'http://login.shop.example' }, /^OIDC_ISSUER must be https/],
  [{ ...provider, OIDC_ROLES: 'clerks=cashier' }, /^OIDC_ROLES .*"clerks=cashier".*support/],
  [{ DESK_PASSWORD_SIGN_IN: 'off' }, /nobody could sign in/],
  [{ DESK_PASSWORD_SIGN_IN: 'no' }, /^DESK_PASSWORD_SIGN_IN must be on or off/],
  [{ DESK_TRUSTED_PROXIES: '10.0.0.0/33' }, /^DESK_TRUSTED_PROXIES must be addresses/],
  [{ DESK_WEBHOOK_TOLERANCE_SECONDS: '5' }, /^DESK_WEBHOOK_TOLERANCE_SECONDS must be seconds/],
  [{ DESK_WEBHOOK_TOLERANCE_SECONDS: '3601' }, /^DESK_WEBHOOK_TOLERANCE_SECONDS must be seconds/],
  [{ DESK_TRUSTED_PROXIES: 'proxy.local' }, /^DESK_TRUSTED_PROXIES must be addresses/],
  [{ DESK_TRUSTED_PROXIES: '0.0.0.0/0' }, /^DESK_TRUSTED_PROXIES must be addresses/],
  [{ DESK_TRUSTED_PROXIES: 'fe80::1%eth0' }, /^DESK_TRUSTED_PROXIES must be addresses/],
])('%j is refused in words', (variables, words) => {
  expect(faultsOf(variables)).toEqual([expect.stringMatching(words)])
})

test('trusted proxies are addresses and ranges', () => {
  const { trustedProxies } = envOf({ DESK_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1' })
  expect(trustedProxies).toEqual(['10.0.0.0/8', '2001:db8::1'])
})

test('what was read cannot be changed afterwards', () => {
  expect(Object.isFrozen(envOf({}))).toBe(true)
})

function envOf(variables: Variables): Env {
  const read = readEnv(variables)
  if (!read.ok) throw new Error(read.faults.join('\n'))
  return read.env
}

function faultsOf(variables: Variables): readonly string[] {
  const read = readEnv(variables)
  return read.ok ? [] : read.faults
}

function scratch() {
  const path = mkdtempSync(join(tmpdir(), 'desk-env-'))
  return {
    path,
    write: (name: string, text: string) => {
      writeFileSync(join(path, name), text)
      return join(path, name)
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}
