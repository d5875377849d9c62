import * as z from 'zod/mini'
import { permissions } from './permissions.ts'
import { role } from './roles.ts'

export const userId = z.string().check(z.minLength(1)).brand<'UserId'>()
export type UserId = z.infer<typeof userId>

/** The signed-in person as the browser knows them. */
export const me = z.object({
  userId,
  name: z.string(),
  email: z.string(),
  roles: z.array(role),
  /** What these roles allow, as the shared table says. */
  permissions: z.array(z.enum(permissions)),
})
export type Me = z.infer<typeof me>

export const environments = ['sandbox', 'testnet', 'live'] as const
export type Environment = (typeof environments)[number]

/** What the sign-in page may know before anyone signed in. `demo` exists in demo mode only. */
export interface Greeting {
  readonly environment: Environment
  readonly businessZone: string
  readonly demo: {
    readonly password: string
    readonly people: readonly { readonly email: string; readonly role: z.infer<typeof role> }[]
    readonly sandboxUrl: string
  } | null
}
