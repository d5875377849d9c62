import { ownWords, passwordBlock, type PasswordOwner } from '@desk/shared/identity/password'

/** Fewer than 10^8 guesses: what lists and patterns reach, of 0 to 4 in zxcvbn's scale. */
const SCORE_MIN = 3

/**
 * Why this cannot be `owner`'s password, in words for them, or null: the shared rules, then zxcvbn with
 * its list of common and leaked passwords, which also sees through keyboard rows, repeats and 1337
 * spellings. Asks nobody outside.
 */
export async function newPasswordBlock(
  password: string,
  owner: PasswordOwner,
): Promise<string | null> {
  const block = passwordBlock(password, owner)
  if (block !== null) return block
  const { score } = (await loadedJudge()).check(password, [...ownWords(owner), 'spacepay', 'desk'])
  if (score >= SCORE_MIN) return null
  return 'This is easy to guess, or on a list of common passwords. Take a few unrelated words.'
}

/** Its list is loaded when a first password is chosen: most days nobody does. */
async function loadJudge() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

let judge: ReturnType<typeof loadJudge> | undefined
function loadedJudge() {
  judge ??= loadJudge()
  return judge
}
