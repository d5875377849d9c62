import * as z from 'zod'
import { errorCodes } from '../error-table.ts'

/** The body of every refusal. */
export const errorShape = z
  .object({
    error: z
      .object({
        type: z.enum([
          'invalid_request_error',
          'authentication_error',
          'not_found_error',
          'idempotency_error',
          'rate_limit_error',
          'api_error',
        ]),
        code: z.enum(errorCodes),
        message: z.string(),
        param: z.string().optional().describe('The member or parameter it is about.'),
      })
      .describe('The refusal as the endpoint pages have it.'),
    code: z
      .enum([
        'invalid_request',
        'unauthorized',
        'not_found',
        'idempotency_conflict',
        'validation_error',
        'rate_limited',
        'server_error',
      ])
      .describe('The code of the public integration page.'),
    message: z.string(),
    statusCode: z.int(),
    requestId: z.string().describe('Equal to the X-Request-Id header.'),
  })
  .describe('A refusal, in every published shape at once.')
