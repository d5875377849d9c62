import { parseArgs } from 'node:util'
import * as z from 'zod'
import { type GroupName, groupNames } from './check.ts'
import { isLoopback } from './hear-webhooks.ts'
import type { TrialOptions } from './trial.ts'

export type Reading =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'fault'; readonly text: string }
  | {
      readonly kind: 'run'
      readonly options: TrialOptions
      readonly groups: readonly GroupName[]
      readonly isJson: boolean
    }

const usage = `Usage: pnpm conformance --base-url <url> --key <secret key> [options]

Checks over HTTP whether a service behaves as SpacePay's public API does, and prints one line for
each check. Ends with 0 when nothing failed, 1 when something did, 2 when it could not be run.

  --base-url <url>         such as http://127.0.0.1:4010 or https://api-testnet.spacepay.co.uk
  --key <secret key>       a test key, such as sk_test_sandbox_merchant
  --other-key <secret key> the key of a second merchant there, to see that neither meets the other's
  --only <groups>          some of ${groupNames.join(',')}
  --withdraw-to <address>  really withdraws a few times 100 cents to this EVM address; without it
                           only withdrawals that must be refused are sent
  --webhook-secret <text>  the secret of an endpoint registered by hand for this machine,
  --webhook-port <number>  and the port it reaches; a sandbox on this machine needs neither
  --webhook-wait <seconds> how long a webhook or its retry may take (60)
  --json                   one JSON document instead of lines
  --help                   this text

It creates payments with order ids that start with CONFORMANCE-, and pays none of them.
`

const wanted = z
  .object({
    'base-url': z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
    key: z.string().regex(/^sk_/, 'must be a secret key, which starts with sk_'),
    'other-key': z.string().regex(/^sk_/, 'must be a secret key, which starts with sk_').optional(),
    only: z
      .string()
      .transform((text) => text.split(',').map((name) => name.trim()))
      .pipe(z.array(z.enum(groupNames, `must be some of ${groupNames.join(',')}`)))
      .default([...groupNames]),
    'withdraw-to': z
      .string()
      .regex(/^0x[\da-f]{40}$/i, 'must be an EVM address: 0x and 40 hex digits')
      .optional(),
    'webhook-secret': z.string().min(1, 'must be the secret of the endpoint').optional(),
    'webhook-port': wholeNumber(1, 65_535).optional(),
    'webhook-wait': wholeNumber(1, 86_400).default(60),
    json: z.boolean().default(false),
  })
  .refine((read) => read['other-key'] !== read.key, {
    path: ['other-key'],
    error: 'must be the key of another merchant than --key',
  })
  .refine((read) => isTestKey(read.key) || isLoopback(new URL(read['base-url']).hostname), {
    path: ['key'],
    error: 'must be a test key, which starts with sk_test_: checks create payments',
  })
  .refine(
    (read) => (read['webhook-secret'] === undefined) === (read['webhook-port'] === undefined),
    {
      path: ['webhook-secret'],
      error: 'and --webhook-port belong together: give both or neither',
    },
  )

/** Reads the command line; a fault names its flag and says what would do. */
export function readArguments(args: readonly string[]): Reading {
  const given = parsed(args)
  if (typeof given === 'string') return fault([given])
  if (given['help'] === true) return { kind: 'help', text: usage }
  const read = wanted.safeParse(given)
  if (!read.success) {
    return fault(
      read.error.issues.map((issue) => {
        const [flag = ''] = issue.path.map(String)
        return given[flag] === undefined && flag !== 'webhook-secret'
          ? `--${flag} is missing`
          : `--${flag} ${issue.message}`
      }),
    )
  }
  const { data } = read
  const secret = data['webhook-secret']
  const port = data['webhook-port']
  return {
    kind: 'run',
    groups: data.only,
    isJson: data.json,
    options: {
      baseUrl: data['base-url'].replace(/\/+$/, ''),
      secretKey: data.key,
      otherKey: data['other-key'] ?? null,
      withdrawTo: data['withdraw-to'] ?? null,
      webhooks: {
        registered: secret === undefined || port === undefined ? null : { secret, port },
        waitMs: data['webhook-wait'] * 1_000,
      },
    },
  }
}

/** The flags as given, or what is wrong with them. */
function parsed(args: readonly string[]): Readonly<Record<string, unknown>> | string {
  try {
    return parseArgs({
      // pnpm hands on the separator of `pnpm conformance -- --base-url …`.
      args: args[0] === '--' ? args.slice(1) : [...args],
      options: {
        'base-url': { type: 'string' },
        key: { type: 'string' },
        'other-key': { type: 'string' },
        only: { type: 'string' },
        'withdraw-to': { type: 'string' },
        'webhook-secret': { type: 'string' },
        'webhook-port': { type: 'string' },
        'webhook-wait': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    // parseArgs throws for nothing but the command line, and names the flag.
    if (!(error instanceof Error)) throw error
    return error.message
  }
}

function fault(faults: readonly string[]): Reading {
  const lines = faults.map((one) => `  - ${one}\n`).join('')
  return {
    kind: 'fault',
    text: `This cannot be run:\n${lines}Try pnpm conformance --help.\n`,
  }
}

function isTestKey(key: string): boolean {
  return key.startsWith('sk_test_')
}

function wholeNumber(low: number, high: number) {
  const message = `must be a whole number from ${low} to ${high}`
  return z
    .string()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .pipe(z.int().min(low, message).max(high, message))
}
