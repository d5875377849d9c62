export type RefusalKind = 'not_found' | 'forbidden' | 'conflict' | 'invalid'

/**
 * An expected "no", in words meant for the person who asked. `code` is snake_case and belongs to the
 * module that refuses; the web may switch on it. Everything else that is thrown is a defect.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly kind: RefusalKind
  readonly code: string

  constructor(kind: RefusalKind, code: string, message: string) {
    super(message)
    this.kind = kind
    this.code = code
  }
}

/** The HTTP status of each kind, for routes that do not speak tRPC. */
export const httpStatusOfRefusal = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 422,
} as const satisfies Record<RefusalKind, number>
