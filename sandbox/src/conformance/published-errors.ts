import * as z from 'zod'
import type { Answer } from './service.ts'
import { demand, demandStatus } from './verdict.ts'

const words = z.string().min(1)
/** The endpoint pages. */
const nested = z.looseObject({
  error: z.looseObject({ type: words, message: words, code: words, param: z.string().optional() }),
})
/** The marketing page. */
const flat = z.looseObject({ code: words, message: words })
/** The framework behind the API, by the names in its OpenAPI document. */
const framework = z.looseObject({
  statusCode: z.int(),
  message: z.union([words, z.array(words).min(1)]),
})
const readable = z.union([nested, flat, framework])

const typesByStatus: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  404: 'not_found_error',
  422: 'invalid_request_error',
}

/** The service said no, with one of these statuses and a body that a published client can read. */
export function demandRefusal(answer: Answer, ...statuses: readonly number[]): void {
  demandStatus(answer, ...statuses)
  demand(
    readable.safeParse(answer.body).success,
    `${answer.call} to say why in a published error shape`,
    answer,
  )
  const type = nested.safeParse(answer.body).data?.error.type
  const wanted = typesByStatus[answer.status]
  if (type !== undefined && wanted !== undefined) {
    demand(type === wanted, `error.type ${wanted} with status ${answer.status}`, answer)
  }
  const inBody = framework.safeParse(answer.body).data?.statusCode
  if (inBody !== undefined) {
    demand(inBody === answer.status, `statusCode to be the status ${answer.status}`, answer)
  }
}
