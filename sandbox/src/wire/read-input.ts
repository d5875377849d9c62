import type * as z from 'zod'
import { ApiError, invalidParameter } from './api-error.ts'
import { plainWords } from './plain-words.ts'

/** Reads a body or query by its schema, or refuses with 400 and the name of the first wrong field. */
export function readInput<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const read = schema.safeParse(input, { error: plainWords })
  if (read.success) return read.data
  const [issue] = read.error.issues
  if (issue?.code === 'unrecognized_keys') {
    const unknown = [...issue.path.map(String), issue.keys[0] ?? ''].join('.')
    throw invalidParameter(unknown, `${unknown} is not known here`)
  }
  const param = issue?.path.map(String).join('.') ?? ''
  if (!param || !issue) {
    throw new ApiError(
      { status: 400, type: 'invalid_request_error', code: 'parameter_invalid' },
      'The request body must be a JSON object.',
    )
  }
  if (isMissing(input, issue.path)) {
    throw new ApiError(
      { status: 400, type: 'invalid_request_error', code: 'parameter_missing' },
      `${param} is required`,
      { param },
    )
  }
  throw invalidParameter(param, `${param}: ${issue.message}`)
}

function isMissing(input: unknown, path: readonly PropertyKey[]): boolean {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return false
    value = Object.entries(value).find(([name]) => name === String(key))?.[1]
  }
  return value === undefined
}
