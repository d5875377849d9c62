import type * as z from 'zod'

/** What a value must be, to stand after the name of its field; undefined leaves it to the library's words. */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return typeWords[issue.expected]
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ')
    return issue.values.length === 1 ? `must be ${values}` : `must be one of ${values}`
  }
  if (issue.code === 'too_small') {
    if (issue.origin !== 'string') {
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
    }
    return issue.minimum === 1
      ? 'must not be empty'
      : `must have at least ${issue.minimum} characters`
  }
  if (issue.code === 'too_big') {
    return issue.origin === 'string'
      ? `must have at most ${issue.maximum} characters`
      : `must be at most ${issue.maximum}`
  }
  return undefined
}

const typeWords: Readonly<Record<string, string>> = {
  int: 'must be a whole number',
  number: 'must be a number',
  string: 'must be text',
  boolean: 'must be true or false',
  object: 'must be an object',
}
