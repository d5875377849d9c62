export const roles = ['support', 'finance', 'approver', 'admin', 'auditor'] as const
export type Role = (typeof roles)[number]

/** What a role is for, in the words the team page and the sign-in page use. */
export const roleText = {
  support: { label: 'Support', does: 'Finds payments and answers customers' },
  finance: { label: 'Finance', does: 'Takings, settlements, prepares withdrawals' },
  approver: { label: 'Approver', does: 'Approves or refuses withdrawals' },
  admin: { label: 'Admin', does: 'People, settings and policy' },
  auditor: { label: 'Auditor', does: 'Reads everything, changes nothing' },
} as const satisfies Record<Role, { label: string; does: string }>
