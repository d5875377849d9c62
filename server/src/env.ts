import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isIP } from 'node:net'
import * as z from 'zod'
import { mailFaults, type MailSettings, mailSettings, mailVariables } from './env/mail.ts'
import {
  singleSignOnFaults,
  type SingleSignOnSettings,
  singleSignOnSettings,
  singleSignOnVariables,
} from './env/single-sign-on.ts'

/** Fixed and printed at start: they open nothing but the sandbox on this machine. */
export const demoSecretKey = 'sk_test_sandbox_merchant'
export const demoWebhookSecret = 'whsec_sandbox_desk'

export interface Env {
  readonly port: number
  readonly sandboxPort: number
  /** Null: Desk starts its own Postgres in `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  /** Null: Desk starts its own sandbox, which is what demo mode means. */
  readonly spacepay: {
    readonly baseUrl: string
    readonly secretKey: string
    readonly webhookSecrets: readonly string[]
    readonly encryptionKey: Buffer
  } | null
  /** Null outside demo mode means: the address people use is not known, loopback is assumed. */
  readonly publicUrl: URL | null
  readonly businessZone: string
  readonly logLevel: string
  /** How far the timestamp of a webhook may be from now, either way. */
  readonly webhookToleranceSeconds: number
  /** Proxies whose word about the client's address counts: addresses or CIDR ranges. */
  readonly trustedProxies: readonly string[]
  readonly mail: MailSettings | null
  /** Hosts with their ports that notifications may go to although they are private or without TLS. */
  readonly notifyAllowedHosts: ReadonlySet<string>
  readonly singleSignOn: SingleSignOnSettings | null
  /** Off: people sign in through their provider only. */
  readonly passwordSignIn: boolean
}

export type EnvReading =
  | { readonly ok: true; readonly env: Env }
  | { readonly ok: false; readonly faults: readonly string[] }

export type Variables = Readonly<Record<string, string | undefined>>

/** Reads the environment once. Every fault is reported together, naming its variable and the way out. */
export function readEnv(variables: Variables): EnvReading {
  const faults: string[] = []
  const set = withSecretFiles(variables, faults)
  const read = schema.safeParse(set)
  for (const { path, message } of read.error?.issues ?? []) {
    faults.push(`${path.join('.')} ${message}`)
  }
  faults.push(...halfSet(set))
  if (!read.success) return { ok: false, faults }
  faults.push(...mailFaults(read.data), ...singleSignOnFaults(read.data))
  const { PORT, SANDBOX_PORT } = read.data
  if (!read.data.SPACEPAY_BASE_URL && PORT === SANDBOX_PORT) {
    faults.push(`SANDBOX_PORT is ${PORT}, the same as PORT. Give one of them another number.`)
  }
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, env: Object.freeze(envOf(read.data)) }
}

const secretVariables = [
  'DATABASE_URL',
  'SPACEPAY_SECRET_KEY',
  'SPACEPAY_WEBHOOK_SECRETS',
  'DESK_ENCRYPTION_KEY',
  'SMTP_URL',
  'OIDC_CLIENT_SECRET',
] as const

const spacepayVariables = [
  'SPACEPAY_BASE_URL',
  'SPACEPAY_SECRET_KEY',
  'SPACEPAY_WEBHOOK_SECRETS',
  'DESK_ENCRYPTION_KEY',
] as const

/** An empty variable counts as not set; `NAME_FILE` stands for `NAME`. */
function withSecretFiles(variables: Variables, faults: string[]): Record<string, string> {
  const set: Record<string, string> = {}
  for (const [name, value] of Object.entries(variables)) if (value) set[name] = value
  for (const name of secretVariables) {
    const file = set[`${name}_FILE`]
    if (file === undefined) continue
    if (set[name] !== undefined) faults.push(`${name} and ${name}_FILE are both set. Keep one.`)
    try {
      const text = readFileSync(file, 'utf8').trim()
      if (text === '') faults.push(`${name}_FILE names an empty file (${file}).`)
      set[name] = text
    } catch (error) {
      if (!(error instanceof Error)) throw error
      faults.push(`${name}_FILE cannot be read (${error.message}).`)
    }
  }
  return set
}

function halfSet(set: Readonly<Record<string, string>>): string[] {
  // One that is named by a file counts as given: what is wrong with the file is a fault of its own.
  const isGiven = (name: string) => set[name] !== undefined || set[`${name}_FILE`] !== undefined
  const missing = spacepayVariables.filter((name) => !isGiven(name))
  if (missing.length === 0 || missing.length === spacepayVariables.length) return []
  const given = spacepayVariables.filter(isGiven)
  return missing.map(
    (name) =>
      `${name} is missing although ${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} set. ` +
      'Set all four for a real SpacePay, or none to run with the sandbox.',
  )
}

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535.')
  .transform(Number)
  .refine((port) => port >= 1 && port <= 65_535, 'must be a port number from 1 to 65535.')

const httpUrl = (hint: string) => z.url({ protocol: /^https?$/, message: hint, abort: true })

const encryptionKey = z
  .string()
  .regex(
    /^(?:[0-9a-f]{64}|[A-Za-z0-9+/]{43}=?)$/i,
    'must be 32 random bytes in hex or base64, as `openssl rand -hex 32` prints.',
  )
  .transform((text) => Buffer.from(text, text.length === 64 ? 'hex' : 'base64'))

const toleranceHint = 'must be seconds from 30 to 3600.'

const schema = z.object({
  PORT: portNumber.default(3000),
  SANDBOX_PORT: portNumber.default(4010),
  DATABASE_URL: z
    .url({ protocol: /^postgres(?:ql)?$/, message: 'must be a postgresql:// address.' })
    .optional(),
  DESK_DATA_DIR: z.string().default('.data'),
  SPACEPAY_BASE_URL: httpUrl('must be an address such as https://api.spacepay.co.uk.').optional(),
  SPACEPAY_SECRET_KEY: z
    .string()
    .regex(
      /^sk_[\x21-\x7e]+$/,
      'must be a secret key, which starts with sk_ (a public key will not do).',
    )
    .optional(),
  SPACEPAY_WEBHOOK_SECRETS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((secret) => secret.trim())
        .filter(Boolean),
    )
    .refine((secrets) => secrets.length > 0, 'must name at least one secret, separated by commas.')
    .optional(),
  DESK_ENCRYPTION_KEY: encryptionKey.optional(),
  DESK_PUBLIC_URL: httpUrl('must be the address people use, such as https://desk.example.')
    .refine(isWholeHost, 'must not have a path: Desk needs a host of its own.')
    .optional(),
  DESK_BUSINESS_ZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Europe/London.')
    .default('Europe/London'),
  DESK_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isNetwork), {
      message: 'must be addresses or ranges such as 10.0.0.0/8, separated by commas.',
    })
    .default([]),
  DESK_NOTIFY_ALLOWED_HOSTS: z
    .string()
    .transform(
      (text) =>
        new Set(
          text
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean),
        ),
    )
    .default(new Set()),
  DESK_WEBHOOK_TOLERANCE_SECONDS: z
    .string()
    .regex(/^\d{2,4}$/, toleranceHint)
    .transform(Number)
    .refine((seconds) => seconds >= 30 && seconds <= 3_600, toleranceHint)
    .default(300),
  ...mailVariables,
  ...singleSignOnVariables,
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      message: 'must be fatal, error, warn, info, debug, trace or silent.',
    })
    .optional(),
})

function envOf(values: z.infer<typeof schema>): Env {
  const { SPACEPAY_BASE_URL, SPACEPAY_SECRET_KEY, SPACEPAY_WEBHOOK_SECRETS } = values
  const spacepay =
    SPACEPAY_BASE_URL &&
    SPACEPAY_SECRET_KEY &&
    SPACEPAY_WEBHOOK_SECRETS &&
    values.DESK_ENCRYPTION_KEY
      ? {
          baseUrl: SPACEPAY_BASE_URL,
          secretKey: SPACEPAY_SECRET_KEY,
          webhookSecrets: SPACEPAY_WEBHOOK_SECRETS,
          encryptionKey: values.DESK_ENCRYPTION_KEY,
        }
      : null
  return {
    port: values.PORT,
    sandboxPort: values.SANDBOX_PORT,
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: resolve(repositoryRoot, values.DESK_DATA_DIR),
    spacepay,
    publicUrl: values.DESK_PUBLIC_URL ? new URL(values.DESK_PUBLIC_URL) : null,
    businessZone: values.DESK_BUSINESS_ZONE,
    // In a demo the terminal belongs to the banner.
    logLevel: values.LOG_LEVEL ?? (spacepay ? 'info' : 'warn'),
    webhookToleranceSeconds: values.DESK_WEBHOOK_TOLERANCE_SECONDS,
    trustedProxies: values.DESK_TRUSTED_PROXIES,
    mail: mailSettings(values),
    notifyAllowedHosts: values.DESK_NOTIFY_ALLOWED_HOSTS,
    singleSignOn: singleSignOnSettings(values),
    passwordSignIn: values.DESK_PASSWORD_SIGN_IN === 'on',
  }
}

const repositoryRoot = resolve(import.meta.dirname, '../..')

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function isWholeHost(url: string): boolean {
  const { pathname, search, hash } = new URL(url)
  return `${pathname}${search}${hash}` === '/'
}

function isNetwork(text: string): boolean {
  const [address = '', bits = '1', ...rest] = text.split('/')
  const version = isIP(address)
  // A range of everything would believe everybody, and Fastify does not take one.
  if (version === 0 || address.includes('%') || rest.length > 0 || !/^[1-9]\d{0,2}$/.test(bits)) {
    return false
  }
  return Number(bits) <= (version === 4 ? 32 : 128)
}
