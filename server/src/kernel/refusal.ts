export type RefusalKind = 'not_found' | 'forbidden' | 'conflict' | 'invalid' | 'rate_limited'

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
