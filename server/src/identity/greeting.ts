import type { Environment, Greeting } from '@desk/shared/identity/session'
import { demoPeople } from './demo-people.ts'

export interface Surroundings {
  readonly demo: boolean
  readonly spacepayBaseUrl: URL
  readonly spacepaySecretKey: string
  readonly signIn: Greeting['signIn']
  /** Where the sandbox's own pages are; read in demo mode only. */
  readonly sandboxUrl: URL | null
}

/** What a visitor may know: never a secret, and demo sign-ins only where the demo is on. */
export function greetingOf(surroundings: Surroundings): Omit<Greeting, 'businessDay'> {
  const { demo, signIn, sandboxUrl } = surroundings
  return {
    environment: environmentOf(surroundings),
    signIn,
    demo:
      demo && sandboxUrl
        ? {
            people: demoPeople.map(({ email, role }) => ({ email, role })),
            sandboxUrl: sandboxUrl.href,
          }
        : null,
  }
}

/** Anything that does not clearly say it is a test is treated as real money. */
function environmentOf({ demo, spacepayBaseUrl, spacepaySecretKey }: Surroundings): Environment {
  if (demo) return 'sandbox'
  const test =
    spacepayBaseUrl.hostname.includes('testnet') || spacepaySecretKey.startsWith('sk_test_')
  return test ? 'testnet' : 'live'
}
