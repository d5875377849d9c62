import * as z from 'zod/mini'

/** Characters nobody sees, or that turn round what stands beside them: what is read would not be what is signed. */
const hidden = /[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u
const hiddenInLines =
  /[^\P{Cc}\t\n]|[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u

export const REASON_MAX = 1_000
export const LABEL_MAX = 80
export const EVIDENCE_MAX = 4_000

/** One line that shows all it holds, such as a label. */
function lineOfText(name: string, max: number) {
  return z.string(`${name} is missing.`).check(
    z.trim(),
    z.minLength(1, `${name} is missing.`),
    z.maxLength(max, `${name} must be at most ${max} characters.`),
    z.refine((text) => isPlain(text, hidden), {
      error: `${name} has a character that cannot be seen. Type it again.`,
    }),
  )
}

/** The same with line breaks and tabs, such as a reason. */
export function linesOfText(name: string, max: number) {
  return z.string(`${name} is missing.`).check(
    z.trim(),
    z.minLength(1, `${name} is missing.`),
    z.maxLength(max, `${name} must be at most ${max} characters.`),
    z.refine((text) => isPlain(text, hiddenInLines), {
      error: `${name} has a character that cannot be seen. Type it again.`,
    }),
  )
}

/** What Postgres cannot hold is among what cannot be seen. */
function isPlain(text: string, strange: RegExp): boolean {
  return text.isWellFormed() && !strange.test(text)
}

/** Why somebody asks for a withdrawal, or decides on one. */
export const reasonText = linesOfText('The reason', REASON_MAX)
/** What people call a destination. */
export const labelText = lineOfText('The label', LABEL_MAX)

/** What is looked for in a list; nothing is the same as not looking. */
export const searchText = z.string().check(
  z.trim(),
  z.maxLength(200, 'Look for at most 200 characters.'),
  z.refine((text) => isPlain(text, hidden), { error: 'This has a character that cannot be seen.' }),
)
