import { failureOf, GatewayError } from './gateway-error.ts'
import type { UpstreamCall } from './upstream-calls.ts'
import { DecodeError } from './wire/decode-error.ts'
import { decodePage, type Page } from './wire/page.wire.ts'

/** Something read from SpacePay, with its JSON as sent and when it was read. */
export interface Read<T> {
  readonly value: T
  readonly raw: unknown
  readonly readAt: Date
}

export interface DecodedCalls {
  readonly one: <T>(call: UpstreamCall, decode: (json: unknown) => T) => Promise<Read<T>>
  /** A row that cannot be read is reported in the page; only a broken envelope throws. */
  readonly page: <T>(call: UpstreamCall, decodeRow: (row: unknown) => T) => Promise<Page<T>>
}

/** Calls whose answers arrive in our words. An answer outside the contract is a GatewayError too. */
export function createDecodedCalls(
  callUpstream: (call: UpstreamCall) => Promise<unknown>,
  now: () => Date,
): DecodedCalls {
  return {
    one: async (call, decode) => {
      const raw = await callUpstream(call)
      return { value: inContract(call, () => decode(raw)), raw, readAt: now() }
    },
    page: async (call, decodeRow) => {
      const json = await callUpstream(call)
      return inContract(call, () => decodePage(json, decodeRow))
    },
  }
}

function inContract<T>(call: UpstreamCall, decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const message = `SpacePay's answer is not what it documents (${error.message}).`
    const mayHaveTakenEffect = call.method === 'POST'
    throw new GatewayError(
      failureOf('undecodable', message, { mayHaveTakenEffect, code: 'unexpected_shape' }),
      { route: call.route, attempts: 1, cause: error },
    )
  }
}
