import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { ApiError } from './api-error.ts'
import { readInput } from './read-input.ts'

const order = z.strictObject({
  amount: z.int().min(250).max(1_000).optional(),
  share: z.number().positive().optional(),
  name: z.string().min(1).max(5).optional(),
  secret: z.string().min(8).optional(),
  kind: z.enum(['fast', 'slow']).optional(),
  isOpen: z.boolean().optional(),
  nested: z.strictObject({}).optional(),
})

describe('a refused input', () => {
  test.each([
    [{ amount: 249 }, 'amount: must be at least 250'],
    [{ amount: 1_001 }, 'amount: must be at most 1000'],
    [{ amount: 300.5 }, 'amount: must be a whole number'],
    [{ amount: '300' }, 'amount: must be a number'],
    [{ share: 0 }, 'share: must be more than 0'],
    [{ name: '' }, 'name: must not be empty'],
    [{ name: 'longer' }, 'name: must have at most 5 characters'],
    [{ name: 5 }, 'name: must be text'],
    [{ secret: 'short' }, 'secret: must have at least 8 characters'],
    [{ kind: 'medium' }, 'kind: must be one of fast, slow'],
    [{ isOpen: 'yes' }, 'isOpen: must be true or false'],
    [{ speed: 1 }, 'speed is not known here'],
    [{ nested: { speed: 1 } }, 'nested.speed is not known here'],
    [[], 'The request body must be a JSON object.'],
  ])('%j is told in plain words, by the name of its field', (input, message) => {
    expect(() => readInput(order, input)).toThrow(ApiError)
    expect(() => readInput(order, input)).toThrow(message)
  })
})
