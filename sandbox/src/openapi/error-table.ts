import type { Profile } from '../registry/chains.ts'
import type { SandboxSettings } from '../settings.ts'
import {
  amountRefused,
  ApiError,
  errorJson,
  invalidParameter,
  notFound,
  unauthorized,
  unprocessable,
} from '../wire/api-error.ts'
import { AMOUNT_MAX_CENTS } from '../payments/payments.routes.ts'
import type { Example } from './openapi-document.ts'

export const errorCodes = [
  'parameter_missing',
  'parameter_invalid',
  'payment_not_pending',
  'invalid_api_key',
  'payment_not_found',
  'withdrawal_not_found',
  'chain_not_found',
  'token_not_found',
  'route_not_found',
  'idempotency_conflict',
  'request_too_large',
  'unsupported_media_type',
  'invalid_amount',
  'deposits_disabled',
  'withdrawals_disabled',
  'insufficient_funds',
  'invalid_recipient_address',
  'rate_limited',
  'server_error',
] as const
export type ErrorCode = (typeof errorCodes)[number]

interface Refusal {
  readonly when: string
  readonly error: ApiError
}

/** Everything the API refuses, by `error.code`: when it does, and the refusal itself. */
export function errorTable(settings: SandboxSettings): Readonly<Record<ErrorCode, Refusal>> {
  return {
    ...wrongRequests(settings.profile),
    ...unknownThings,
    ...refusedContent,
    ...refusedCalls,
  }
}

/** The refusal as its caller reads it. */
export function errorExample({ error, when }: Refusal): Example {
  return { summary: when, value: errorJson(error, 'req_7f2c1d9b04aa') }
}

const invalid = 'invalid_request_error'

function wrongRequests(profile: Profile) {
  return {
    parameter_missing: {
      when: 'A required member is missing.',
      error: new ApiError(
        { status: 400, type: invalid, code: 'parameter_missing' },
        'orderId is required',
        { param: 'orderId' },
      ),
    },
    parameter_invalid: {
      when: 'The body is not JSON, or a member or parameter does not have the documented form.',
      error: invalidParameter('currency', 'currency: must be USD'),
    },
    payment_not_pending: {
      when: 'A quote is asked for, and the payment can no longer be paid.',
      error: new ApiError(
        { status: 400, type: invalid, code: 'payment_not_pending' },
        'The payment is expired.',
      ),
    },
    invalid_amount: {
      when: 'The amount is out of range.',
      error: amountRefused(profile, 'amount', `must be at most ${AMOUNT_MAX_CENTS} cents`),
    },
  }
}

const unknownThings = {
  payment_not_found: {
    when: 'The payment does not exist, or is another merchant’s.',
    error: notFound('payment_not_found', 'There is no such payment.'),
  },
  withdrawal_not_found: {
    when: 'The withdrawal does not exist, or is another merchant’s.',
    error: notFound('withdrawal_not_found', 'There is no such withdrawal.'),
  },
  chain_not_found: {
    when: 'The network does not exist or is not enabled.',
    error: notFound('chain_not_found', 'There is no such chain.'),
  },
  token_not_found: {
    when: 'The token does not exist or is not active.',
    error: notFound('token_not_found', 'There is no such token.'),
  },
  route_not_found: {
    when: 'There is no such path, or it does not take this method.',
    error: notFound(
      'route_not_found',
      'There is no such route. Use the full path, such as POST /v1/external/secretkey-auth/payments.',
    ),
  },
}

const refusedContent = {
  deposits_disabled: {
    when: 'Deposits are not enabled for the merchant.',
    error: unprocessable(
      'deposits_disabled',
      'Deposits are not enabled for this merchant.',
      'type',
    ),
  },
  withdrawals_disabled: {
    when: 'Withdrawals are not enabled for the merchant.',
    error: unprocessable('withdrawals_disabled', 'Withdrawals are not enabled for this merchant.'),
  },
  insufficient_funds: {
    when: 'The payout wallet does not hold enough on this network.',
    error: unprocessable(
      'insufficient_funds',
      'The payout wallet does not hold enough on this chain.',
      'amountInCents',
    ),
  },
  invalid_recipient_address: {
    when: 'The address is malformed, fails its checksum, or is the zero address.',
    error: unprocessable(
      'invalid_recipient_address',
      'recipientAddress has a wrong checksum',
      'recipientAddress',
    ),
  },
}

const refusedCalls = {
  invalid_api_key: {
    when: 'The secret key or payment secret is missing or wrong.',
    error: unauthorized('The secret key is not valid.'),
  },
  idempotency_conflict: {
    when: 'The Idempotency-Key was used with another body, or its first request is still running.',
    error: new ApiError(
      { status: 409, type: 'idempotency_error', code: 'idempotency_conflict' },
      'This Idempotency-Key was used with other parameters.',
    ),
  },
  request_too_large: {
    when: 'The body has more than a million bytes.',
    error: new ApiError(
      { status: 413, type: invalid, code: 'request_too_large' },
      'Request body is too large',
    ),
  },
  unsupported_media_type: {
    when: 'The body is not sent as application/json.',
    error: new ApiError(
      { status: 415, type: invalid, code: 'unsupported_media_type' },
      'Unsupported Media Type',
    ),
  },
  rate_limited: {
    when: 'The key made too many requests. Wait as Retry-After says.',
    error: new ApiError(
      { status: 429, type: 'rate_limit_error', code: 'rate_limited' },
      'More than 100 requests in 10 seconds.',
    ),
  },
  server_error: {
    when: 'The service failed. Try again later; a POST with the same Idempotency-Key.',
    error: new ApiError(
      { status: 500, type: 'api_error', code: 'server_error' },
      'Something went wrong inside the sandbox.',
    ),
  },
}
