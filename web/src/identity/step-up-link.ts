import type { TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import { readFault } from '../app/fault.ts'
import { requestStepUp } from './step-up.ts'

/**
 * Whatever Desk refuses for want of a fresh proof is sent once more after the person gave it; when they
 * would rather not, the refusal stands.
 */
export function stepUpLink<Router extends AnyRouter>(): TRPCLink<Router> {
  return () =>
    ({ next, op }) =>
      observable((observer) => {
        const send = (mayAsk: boolean) =>
          next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              const isAsked = mayAsk && readFault(error).refusal === 'step_up_required'
              if (isAsked) void askAndSendAgain(error)
              else observer.error(error)
            },
          })
        const askAndSendAgain = async (refusal: Parameters<typeof observer.error>[0]) => {
          if (await requestStepUp()) sent = send(false)
          else observer.error(refusal)
        }
        let sent = send(true)
        return () => sent.unsubscribe()
      })
}
