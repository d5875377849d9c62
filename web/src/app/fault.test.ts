import { TRPCClientError } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { readFault } from './fault.ts'

describe('a fault', () => {
  it.each([
    ['UNAUTHORIZED', 401, null, 'signed_out'],
    ['FORBIDDEN', 403, null, 'forbidden'],
    ['FORBIDDEN', 403, 'step_up_required', 'cancelled'],
    ['NOT_FOUND', 404, null, 'not_found'],
    ['CONFLICT', 409, 'last_admin', 'refused'],
    ['TOO_MANY_REQUESTS', 429, 'held_back', 'rate_limited'],
    ['TOO_MANY_REQUESTS', 429, null, 'rate_limited'],
    ['INTERNAL_SERVER_ERROR', 500, null, 'defect'],
  ])(
    'that Desk answers with %s, %i and the refusal %s is %s',
    (code, httpStatus, refusal, kind) => {
      const error = answered({ code, httpStatus, refusal, requestId: 'req-7' })
      expect(readFault(error)).toMatchObject({ kind, refusal, message: 'Because.' })
      expect(readFault(error)).toMatchObject({ reference: 'req-7', mayPass: httpStatus >= 500 })
    },
  )

  it('without an answer of Desk is the connection', () => {
    const error = new TRPCClientError('Failed to fetch')
    expect(readFault(error)).toMatchObject({ kind: 'unreachable', mayPass: true, refusal: null })
  })

  it('of a screen whose code did not arrive is the connection too, and nothing else is', () => {
    const missing = new TypeError('Failed to fetch dynamically imported module: /assets/x.js')
    expect(readFault(missing)).toMatchObject({ kind: 'unreachable' })
    expect(readFault(new TypeError('x is not a function'))).toMatchObject({ kind: 'defect' })
  })
})

function answered(data: {
  readonly code: string
  readonly httpStatus: number
  readonly refusal: string | null
  readonly requestId: string
}): TRPCClientError<AnyRouter> {
  return new TRPCClientError<AnyRouter>('Because.', {
    result: { error: { code: -32_603, message: 'Because.', data } },
  })
}
