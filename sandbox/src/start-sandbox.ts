import { buildSandbox } from './app.ts'
import { defaultSettings, type RateLimit, type SandboxSettings } from './settings.ts'

export interface SandboxOptions {
  readonly historyCount?: number
  /** A receiver to register as the default endpoint. */
  readonly webhookUrl?: string
  readonly blockMs?: number
  /** Off unless given; a sandbox of its own allows 100 requests in 10 seconds. */
  readonly rateLimit?: RateLimit
  readonly seed?: string
  /** The wall clock; a standing clock makes time pass by `clock/advance` alone. */
  readonly now?: () => Date
  /** Keep state in this file; without it, in memory. */
  readonly dataFile?: string
  readonly overrides?: Partial<SandboxSettings>
}

export interface RunningSandbox extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly url: string
  readonly secretKey: string
  readonly webhookSecret: string
  readonly close: () => Promise<void>
}

/** A whole sandbox on a free port of the loopback, for tests: in memory, small and fast unless told otherwise. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { overrides, ...given } = options
  const settings: SandboxSettings = {
    ...defaultSettings,
    historyCount: 0,
    blockMs: 20,
    rateLimit: null,
    ...given,
    ...overrides,
  }
  const sandbox = buildSandbox(settings)
  const url = await sandbox.listen(0)
  return {
    url,
    secretKey: settings.secretKey,
    webhookSecret: settings.webhookSecret,
    close: sandbox.close,
    [Symbol.asyncDispose]: sandbox.close,
  }
}
