import type { SessionEnd } from '@desk/shared/identity/session'

/** The reason that is kept with an entry, in words; what is kept in words already stays as it is. */
export function reasonText(reason: string): string {
  return wordsByCode.get(reason) ?? reason
}

/** Why a session was over when it was shown once more. */
const sessionEnds = {
  signed_out: 'it was signed out',
  replaced: 'another sign-in in the same browser had replaced it',
  ended_by_owner: 'its owner had ended it',
  password_changed: 'a change of the password had ended it',
  factors_changed: 'a change of the second factors had ended it',
  too_many_answers: 'too many wrong answers had ended it',
  disabled: 'the account is disabled',
  removed: 'the person was removed',
} as const satisfies Record<SessionEnd, string>

const wordsByCode: ReadonlyMap<string, string> = new Map([
  ...Object.entries(sessionEnds),
  ['invitation_unknown', 'the link is not one of this Desk'],
  ['invitation_expired', 'the invitation had expired'],
  ['invitation_used', 'the invitation was used already'],
  ['invitation_void', 'the invitation was withdrawn'],
  ['set_up_already', 'there is an admin already'],
  ['email_taken', 'somebody has this e-mail address already'],
  ['wrong', 'the code was wrong'],
  ['already_used', 'the code was used already'],
])
