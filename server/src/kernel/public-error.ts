import type { TRPCError } from '@trpc/server'
import * as z from 'zod'

/** What the person is told: a defect says nothing of itself, bad input names the fields. */
export function publicMessage(error: TRPCError): string {
  if (error.code === 'INTERNAL_SERVER_ERROR') return 'internal error'
  if (error.code === 'PARSE_ERROR') return 'The request body is not valid JSON.'
  const fields = faultyFields(error)
  return fields ? fields.map(inWords).join(' ') : error.message
}

interface FaultyField {
  /** Dotted path into the input; empty for the input itself. */
  readonly field: string
  readonly message: string
}

/** Null unless the input was judged and found wrong. */
export function faultyFields(error: TRPCError): readonly FaultyField[] | null {
  if (error.code !== 'BAD_REQUEST' || !(error.cause instanceof z.core.$ZodError)) return null
  return error.cause.issues.map((issue) => ({
    field: issue.path.map(String).join('.'),
    message: issue.message,
  }))
}

function inWords({ field, message }: FaultyField): string {
  return field ? `${field}: ${message}.` : `${message}.`
}
