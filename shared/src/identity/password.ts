import * as z from 'zod/mini'

export const PASSWORD_LENGTH_MIN = 12
export const PASSWORD_LENGTH_MAX = 128
/** What has to be left of a password without its owner's own words. */
const OTHER_CHARACTERS_MIN = 8

/** Something typed where a password is asked for; whether it is a good one is another question. */
export const typedPassword = z.string().check(z.minLength(1), z.maxLength(PASSWORD_LENGTH_MAX))

/** Whose password it is to be; either may still be empty while it is typed. */
export interface PasswordOwner {
  readonly name: string
  readonly email: string
}

/**
 * Why this cannot be `owner`'s password, in words for them, or null. The form says it while they type;
 * the server also asks its list of common passwords.
 */
export function passwordBlock(password: string, owner: PasswordOwner): string | null {
  if (password.length < PASSWORD_LENGTH_MIN) {
    return `Take at least ${PASSWORD_LENGTH_MIN} characters. A few words in a row are easy to remember.`
  }
  if (password.length > PASSWORD_LENGTH_MAX) {
    return `Take at most ${PASSWORD_LENGTH_MAX} characters.`
  }
  const rest = ownWords(owner).reduce(
    (left, word) => left.replaceAll(word, ''),
    password.toLowerCase(),
  )
  const isOwn = rest.length < password.length && rest.length < OTHER_CHARACTERS_MIN
  return isOwn ? 'This is too close to your name or e-mail address. Take something else.' : null
}

/** What others know about the owner and would try first, longest first, so that parts go with the whole. */
export function ownWords({ name, email }: PasswordOwner): string[] {
  const address = email.trim().toLowerCase()
  return [address, ...address.split(/[@.+_-]/), ...name.toLowerCase().split(/\s+/)]
    .filter((word) => word.length >= 3)
    .toSorted((a, b) => b.length - a.length)
}
