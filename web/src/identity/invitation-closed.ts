/** Whether a refusal with this code is about the link itself, which no other answer will change. */
export function isInvitationClosed(code: string): boolean {
  return codes.has(code)
}

const codes: ReadonlySet<string> = new Set([
  'invitation_unknown',
  'invitation_expired',
  'invitation_used',
  'invitation_void',
  'set_up_already',
  'password_sign_in_off',
])
