import * as z from 'zod/mini'
import { permits } from '../identity/permissions.ts'
import { type Role, roles, roleText } from '../identity/roles.ts'
import { role } from '../identity/role-schema.ts'
import { type UserId, userId } from '../identity/session.ts'

/** Roles that work can be handed to: those who may do something about it. */
export const assignableRoles: readonly Role[] = roles.filter((held) =>
  permits([held], 'attention:write'),
)

const assignableRole = role.check(
  z.refine((given) => assignableRoles.includes(given), { error: 'only reads' }),
)

/** To whom something is handed. */
export const assignee = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), userId }),
  z.object({ kind: z.literal('role'), role: assignableRole }),
])
export type Assignee = z.infer<typeof assignee>

export interface PersonName {
  readonly id: UserId
  readonly name: string
}

/** Whose queue something is in, and who of them has it; both null is nobody's. */
export interface Assigned {
  readonly role: Role | null
  readonly person: PersonName | null
}

/** Somebody that work can be handed to. */
export interface Colleague extends PersonName {
  readonly roles: readonly Role[]
}

/** Whether it waits for this person: in their own name, for one of their roles, or for nobody in particular. */
export function isFor(
  { role: queue, person }: Assigned,
  me: { readonly userId: UserId; readonly roles: readonly Role[] },
): boolean {
  if (person !== null) return person.id === me.userId
  return queue === null || me.roles.includes(queue)
}

/** "Finance", "Ada Lovelace", or "nobody in particular". */
export function assignedText({ role: queue, person }: Assigned): string {
  if (person !== null) return person.name
  return queue === null ? 'nobody in particular' : roleText[queue].label
}
