import * as z from 'zod'
import { type Role, roles } from '@desk/shared/identity/roles'
import { role } from '@desk/shared/identity/role-schema'

/** The provider people sign in through, by OpenID Connect. */
export interface SingleSignOnSettings {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string
  /** On the button: "Continue with …". */
  readonly label: string
  /** The claim that lists a person's groups. */
  readonly groupsClaim: string
  /** Empty: groups give no roles, people are invited. */
  readonly rolesByGroup: ReadonlyMap<string, readonly Role[]>
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

export const singleSignOnVariables = {
  OIDC_ISSUER: z
    .url({
      protocol: /^https?$/,
      message: 'must be the address of the issuer, such as https://login.shop.example.',
      abort: true,
    })
    .refine(
      (url) => url.startsWith('https:') || loopback.includes(new URL(url).hostname),
      'must be https: whoever sits in between could sign in as anybody.',
    )
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_LABEL: z.string().max(40, 'must be 40 characters at most.').default('single sign-on'),
  OIDC_GROUPS_CLAIM: z.string().default('groups'),
  OIDC_ROLES: z
    .string()
    .transform((text, check) => {
      const byGroup = new Map<string, readonly Role[]>()
      for (const part of text.split(';').filter((entry) => entry.trim() !== '')) {
        const at = part.lastIndexOf('=')
        const group = part.slice(0, Math.max(at, 0)).trim()
        const held = z
          .array(role)
          .min(1)
          .safeParse(
            part
              .slice(at + 1)
              .split(',')
              .map((word) => word.trim()),
          )
        if (group === '' || !held.success) {
          check.addIssue(
            `has a part that is not group=role,role: "${part.trim()}". The roles are ${roles.join(', ')}.`,
          )
          return z.NEVER
        }
        byGroup.set(group, held.data)
      }
      return byGroup
    })
    .optional(),
  DESK_PASSWORD_SIGN_IN: z.enum(['on', 'off'], { message: 'must be on or off.' }).default('on'),
}

type SingleSignOnVariables = z.infer<z.ZodObject<typeof singleSignOnVariables>>

const needed = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

export function singleSignOnSettings(read: SingleSignOnVariables): SingleSignOnSettings | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = read
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null
  return {
    issuer: new URL(OIDC_ISSUER),
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    label: read.OIDC_LABEL,
    groupsClaim: read.OIDC_GROUPS_CLAIM,
    rolesByGroup: read.OIDC_ROLES ?? new Map(),
  }
}

export function singleSignOnFaults(read: SingleSignOnVariables): string[] {
  const missing = needed.filter((name) => read[name] === undefined)
  if (missing.length > 0 && missing.length < needed.length) {
    const given = needed.filter((name) => read[name] !== undefined)
    return missing.map(
      (name) =>
        `${name} is missing although ${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} set. ` +
        'Set all three for single sign-on, or none.',
    )
  }
  if (missing.length === 0 || read.DESK_PASSWORD_SIGN_IN === 'on') return []
  return [
    'DESK_PASSWORD_SIGN_IN is off but OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are not set: ' +
      'nobody could sign in. Set them, or leave passwords on.',
  ]
}
