import { DatabaseError } from 'pg'
import { TRPCError } from '@trpc/server'
import { Refusal } from './refusal.ts'

const QUERY_CANCELED = '57014'

/**
 * Runs reads that a person's words decide the cost of, over connections that cut long statements short
 * (`Context.reads`). What was cut is refused with `search_too_broad`; where `signal` says that whoever asked
 * has gone, nobody is told anything.
 */
export async function refuseTooBroad<T>(read: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (signal?.aborted) {
      throw new TRPCError({ code: 'CLIENT_CLOSED_REQUEST', message: 'Nobody waits for this.' })
    }
    if (!(error instanceof DatabaseError && error.code === QUERY_CANCELED)) throw error
    throw new Refusal(
      'invalid',
      'search_too_broad',
      'This search matches too much to be answered in time. Add a word, a filter or a date range.',
    )
  }
}
