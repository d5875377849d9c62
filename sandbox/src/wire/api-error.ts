import type { Profile } from '../registry/chains.ts'

/** Error types and their codes, and what the seed's flat `code` says for each. */
const flatCodes = {
  invalid_request_error: 'invalid_request',
  authentication_error: 'unauthorized',
  not_found_error: 'not_found',
  idempotency_error: 'idempotency_conflict',
  rate_limit_error: 'rate_limited',
  api_error: 'server_error',
} as const
type ErrorType = keyof typeof flatCodes

/** A refusal of the API, in every published shape at once. */
export class ApiError extends Error {
  readonly status: number
  readonly type: ErrorType
  readonly code: string
  readonly param: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    what: { readonly status: number; readonly type: ErrorType; readonly code: string },
    message: string,
    more: { readonly param?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.status = what.status
    this.type = what.type
    this.code = what.code
    this.param = more.param
    this.headers = more.headers ?? {}
  }
}

/** The body of a refusal: the pages' nested error, the seed's flat one and the framework's own fields. */
export function errorJson(error: ApiError, requestId: string) {
  return {
    error: {
      type: error.type,
      code: error.code,
      message: error.message,
      ...(error.param !== undefined && { param: error.param }),
    },
    code: error.status === 422 ? 'validation_error' : flatCodes[error.type],
    message: error.message,
    statusCode: error.status,
    requestId,
  }
}

/** 400: the request is not of the documented form. */
export function invalidParameter(param: string, message: string): ApiError {
  return new ApiError(
    { status: 400, type: 'invalid_request_error', code: 'parameter_invalid' },
    message,
    { param },
  )
}

/** An amount out of range: 422, or 400 as the hand-written pages have it in the `caip2` profile. */
export function amountRefused(profile: Profile, param: string, rule: string): ApiError {
  const status = profile === 'caip2' ? 400 : 422
  return new ApiError(
    { status, type: 'invalid_request_error', code: 'invalid_amount' },
    `${param} ${rule}`,
    { param },
  )
}

/** 422: well-formed, and refused. */
export function unprocessable(code: string, message: string, param?: string): ApiError {
  return new ApiError(
    { status: 422, type: 'invalid_request_error', code },
    message,
    param === undefined ? {} : { param },
  )
}

export function unauthorized(message: string): ApiError {
  return new ApiError(
    { status: 401, type: 'authentication_error', code: 'invalid_api_key' },
    message,
  )
}

/** 404 with a code such as `payment_not_found`. */
export function notFound(code: string, message: string): ApiError {
  return new ApiError({ status: 404, type: 'not_found_error', code }, message)
}
