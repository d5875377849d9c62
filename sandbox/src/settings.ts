import type { Profile } from './registry/chains.ts'
import type { ScenarioName } from './scenarios/scenario-record.ts'

/** Everything that shapes one sandbox; nothing else is read from the environment. */
export interface SandboxSettings {
  readonly secretKey: string
  /** Key of a second merchant, who starts with nothing. */
  readonly otherSecretKey: string
  /** Which of the published generations it speaks where they clash. */
  readonly profile: Profile
  /** The address it listens on. */
  readonly host: string
  /** Serve the control routes even when other machines can reach them. */
  readonly controlFromAnywhere: boolean
  /** Secret of the endpoint made from `webhookUrl`. */
  readonly webhookSecret: string
  readonly webhookUrl: string | null
  /** Payments in the made-up history of a fresh state. */
  readonly historyCount: number
  readonly seed: string
  /** Milliseconds for a block that takes two seconds in the real world. */
  readonly blockMs: number
  /** What carries Base Sepolia: nothing real, or a node of Foundry's. */
  readonly chain: 'simulated' | 'anvil'
  /** Where the node's program is; null looks for it. */
  readonly anvilPath: string | null
  /** Where wallets reach the node; 0 takes a free port. */
  readonly anvilPort: number
  readonly rateLimit: RateLimit | null
  /** Where state is kept; null keeps it in memory. */
  readonly dataFile: string | null
  /** How payers reach this sandbox; null means the address it listens on. */
  readonly publicUrl: string | null
  readonly amountMinCents: number
  readonly depositsEnabled: boolean
  readonly withdrawalsEnabled: boolean
  /** Repeat customMetadata on payments, which no published source shows. */
  readonly echoMetadata: boolean
  /** Show the receipt of money that did not complete its payment; the pages promise one on completed only. */
  readonly receiptUnsettled: boolean
  /** Divides the pauses between webhook attempts. */
  readonly retryDivisor: number
  /** Let new payments arrive by themselves. */
  readonly traffic: boolean
  /** The training scenario to play from the start, unless it is being played already. */
  readonly scenario: ScenarioName | null
  /** The wall clock. */
  readonly now: () => Date
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info'
}

export interface RateLimit {
  readonly requests: number
  readonly windowMs: number
}

export const defaultSettings: SandboxSettings = {
  secretKey: 'sk_test_sandbox_merchant',
  otherSecretKey: 'sk_test_sandbox_other',
  profile: 'default',
  host: '127.0.0.1',
  controlFromAnywhere: false,
  webhookSecret: 'whsec_sandbox_desk',
  webhookUrl: null,
  historyCount: 20_000,
  seed: 'northwind',
  blockMs: 1_000,
  chain: 'simulated',
  anvilPath: null,
  anvilPort: 8545,
  rateLimit: { requests: 100, windowMs: 10_000 },
  dataFile: null,
  publicUrl: null,
  amountMinCents: 250,
  depositsEnabled: true,
  withdrawalsEnabled: true,
  echoMetadata: true,
  receiptUnsettled: true,
  retryDivisor: 1,
  traffic: false,
  scenario: null,
  now: () => new Date(),
  logLevel: 'silent',
}
