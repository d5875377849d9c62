import { initTRPC, TRPCError } from '@trpc/server'
import * as z from 'zod'
import type { Permission, VisitorPermission } from '@desk/shared/identity/permissions'
import type { Role } from '@desk/shared/identity/roles'
import type { Greeting, UserId } from '@desk/shared/identity/session'
import type { LiveEvent } from '@desk/shared/live/live-event'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { Db } from '../database.ts'
import { Refusal, type RefusalKind } from './refusal.ts'

/** A signed-in person, as of this request: roles are read from the database each time. */
export interface Actor {
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission>
}

/** What SpacePay said when one payment was read again. */
export type RefreshOutcome =
  | { readonly outcome: 'read'; readonly changed: boolean }
  | { readonly outcome: 'unknown_to_spacepay' }
  | { readonly outcome: 'unavailable'; readonly reason: string }

/**
 * What a procedure may reach. The kernel names what it needs, `app` passes it in, so no lower rung
 * imports a higher one.
 */
export interface Context {
  readonly db: Db
  /**
   * The same database over connections of their own whose statements are cut short: what one person
   * searches for can neither hold up others nor take the connections that webhooks need.
   */
  readonly reads: Db
  readonly actor: Actor | null
  readonly now: () => Date
  /** Names this request in the log; shown to the person beside "internal error". */
  readonly requestId: string
  readonly greeting: Greeting
  readonly live: {
    /** Events from now on, from every Desk, until `signal` aborts. */
    subscribe(signal: AbortSignal): AsyncIterable<LiveEvent>
  }
  readonly payments: {
    /** Reads the payment from SpacePay now and stores what it said. */
    refresh(id: PaymentId): Promise<RefreshOutcome>
    /** The same in the background, at most once per short interval over all callers; never throws. */
    readThrough(id: PaymentId): void
  }
}

const trpcCodeByKind = {
  not_found: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  conflict: 'CONFLICT',
  invalid: 'UNPROCESSABLE_CONTENT',
} as const satisfies Record<RefusalKind, TRPCError['code']>

/** A stream outlives the check that opened it, so the browser has to come back and be checked again. */
const STREAM_MAX_MS = 60_000

const t = initTRPC
  .context<Context>()
  .meta<{ permission: Permission }>()
  .create({
    // Otherwise tRPC sends stacks to the browser whenever NODE_ENV is not 'production'.
    isDev: false,
    sse: {
      maxDurationMs: STREAM_MAX_MS,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      message: publicMessage(error),
      data: {
        ...shape.data,
        refusal: error.cause instanceof Refusal ? error.cause.code : null,
        fields: faultyFields(error),
        requestId: ctx?.requestId ?? null,
      },
    }),
  })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/**
 * Declares a procedure for signed-in people; `ctx.actor` is theirs. `t.procedure` is not exported,
 * so a procedure without a permission cannot be written.
 */
export function allow(permission: Exclude<Permission, VisitorPermission>) {
  return t.procedure
    .meta({ permission })
    .use(translateRefusals)
    .use(({ ctx, next }) => {
      if (!ctx.actor) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in first.' })
      if (!ctx.actor.permissions.has(permission)) {
        throw new TRPCError({ code: 'FORBIDDEN', message: 'Your roles do not allow this.' })
      }
      return next({ ctx: { actor: ctx.actor } })
    })
}

/** Declares a procedure for visitors too, under a permission that the shared table grants to nobody in particular. */
export function allowAnyone(permission: VisitorPermission) {
  return t.procedure.meta({ permission }).use(translateRefusals)
}

/** The part of pino that is needed here. */
interface DefectLog {
  error(fields: Record<string, unknown>, message: string): void
}

/**
 * The adapter's `onError`: a defect goes to the log in full, with the request id the person was shown.
 * Refusals, bad input and missing rights are answers, not defects.
 */
export function reportDefects(log: DefectLog) {
  return (report: {
    readonly error: TRPCError
    readonly path: string | undefined
    readonly ctx: Context | undefined
  }): void => {
    if (report.error.code !== 'INTERNAL_SERVER_ERROR') return
    log.error(
      {
        err: report.error.cause ?? report.error,
        procedure: report.path,
        requestId: report.ctx?.requestId,
        userId: report.ctx?.actor?.userId,
      },
      'procedure failed',
    )
  }
}

const translateRefusals = t.middleware(async ({ next }) => {
  const result = await next()
  if (result.ok || !(result.error.cause instanceof Refusal)) return result
  const refusal = result.error.cause
  throw new TRPCError({
    code: trpcCodeByKind[refusal.kind],
    message: refusal.message,
    cause: refusal,
  })
})

function publicMessage(error: TRPCError): string {
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

function faultyFields(error: TRPCError): readonly FaultyField[] | null {
  if (error.code !== 'BAD_REQUEST' || !(error.cause instanceof z.core.$ZodError)) return null
  return error.cause.issues.map((issue) => ({
    field: issue.path.map(String).join('.'),
    message: issue.message,
  }))
}

function inWords({ field, message }: FaultyField): string {
  return field ? `${field}: ${message}.` : `${message}.`
}
