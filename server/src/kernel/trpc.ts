import { initTRPC, TRPCError } from '@trpc/server'
import {
  type Permission,
  permissionBlock,
  type VisitorPermission,
} from '@desk/shared/identity/permissions'
import {
  type Greeting,
  type SessionEnd,
  sessionEndText,
  STEP_UP_FRESH_MS,
  type UserId,
} from '@desk/shared/identity/session'
import type { LiveEvent } from '@desk/shared/live/live-event'
import type { NewPaymentInput } from '@desk/shared/payments/new-payment'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { SystemFacts } from '@desk/shared/system/system-facts'
import type { ResolveRequestInput } from '@desk/shared/withdrawals/request-input-schema'
import type { WalletBalances } from '@desk/shared/withdrawals/policy-view'
import type { Db } from '../database.ts'
import type { Actor, Attribution } from './actor.ts'
import type { LeaverDuty } from './leaver-duty.ts'
import { faultyFields, publicMessage } from './public-error.ts'
import { Refusal, type RefusalKind } from './refusal.ts'
import type { Sealer } from './sealed.ts'

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
  /** Why the session that this request showed is over, where it was ended early. */
  readonly sessionEnd: SessionEnd | null
  readonly now: () => Date
  /** Names this request in the log; shown to the person beside "internal error". */
  readonly requestId: string
  /** The client's, as far as the proxies in front are trusted. */
  readonly address: string
  readonly audit: {
    /** Writes a call that was refused or failed into the audit log, in a transaction of its own. */
    unsuccessful(call: UnsuccessfulCall): Promise<void>
  }
  readonly greeting: Greeting
  /** Where people reach Desk: their passkeys are bound to it. */
  readonly publicUrl: URL
  /** What second factors are kept with. */
  readonly factorKeys: { readonly sealer: Sealer; readonly codeKey: Uint8Array }
  /** Links of invitations, and whether mail takes them to people. */
  readonly invitations: {
    readonly links: { linkOf(invitationId: string): string }
    readonly areMailed: boolean
  }
  /** What ends with somebody's stay. */
  readonly leaverDuties: readonly LeaverDuty[]
  readonly live: {
    /** Events from now on, from every Desk, until `signal` aborts. */
    subscribe(signal: AbortSignal): AsyncIterable<LiveEvent>
  }
  readonly payments: {
    /** Reads the payment from SpacePay now, stores what it said and writes down who asked. */
    refresh(id: PaymentId, by: Attribution): Promise<RefreshOutcome>
    /** The same in the background, at most once per short interval over all callers; never throws. */
    readThrough(id: PaymentId): void
    /** Has SpacePay make one, at most once for each attempt, and writes down who asked. */
    create(
      asked: { readonly wish: NewPaymentInput; readonly askedBy: UserId },
      by: Attribution,
    ): Promise<{ paymentId: PaymentId }>
    /** The link by which it can be paid; who reads it is written down. */
    payerLink(id: PaymentId, by: Attribution): Promise<{ url: string }>
  }
  readonly withdrawals: {
    /** Settles an unknown sending; what the person names is read from SpacePay and compared first. */
    resolve(asked: ResolveRequestInput, by: Attribution & { readonly actor: Actor }): Promise<void>
  }
  readonly wallet: {
    /** What the payout wallet holds, at most half a minute old while SpacePay answers. */
    balances(): Promise<WalletBalances>
  }
  readonly system: {
    /** What this Desk and its database say about themselves, at most a few seconds old. */
    facts(): Promise<SystemFacts>
  }
  readonly notifications: {
    readonly isMailOn: boolean
    /** What the addresses of chats are kept with. */
    readonly sealer: Sealer
    /** In words why this address may not be called; null where it may. */
    readonly urlFault: (url: string) => string | null
  }
  readonly webhooks: {
    /** Every secret that Desk has, those that no longer verify what arrives included. */
    secrets(): Promise<readonly KnownSecret[]>
    /** How far the timestamp of what arrives may be from now, either way. */
    readonly toleranceSeconds: number
    /** Those of them that the environment of this Desk names, by their ids. */
    readonly environmentIds: ReadonlySet<string>
    /** What secrets are kept with. */
    readonly sealer: Sealer
    /** To be told after a change: what arrives next is verified by what the database says then. */
    forgetSecrets(): void
    /** The sandbox that can be asked for a test; null beside a real SpacePay. */
    readonly sandboxUrl: URL | null
  }
}

/** A webhook secret by its value, for computing signatures with. */
export interface KnownSecret {
  /** A short hash of it, which names it without revealing it. */
  readonly id: string
  /** As people call it. */
  readonly label: string
  readonly value: string
}

/** One call that did not do what was asked. */
export interface UnsuccessfulCall {
  readonly by: Attribution
  /** Such as `payments.refresh`. */
  readonly path: string
  readonly outcome: 'refused' | 'failed'
  /** In the words the person was given. */
  readonly reason: string
  /** As it came; nothing but ids may be kept of it. */
  readonly input: unknown
}

const trpcCodeByKind = {
  not_found: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  conflict: 'CONFLICT',
  invalid: 'UNPROCESSABLE_CONTENT',
  rate_limited: 'TOO_MANY_REQUESTS',
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
    .use(recordUnsuccessful)
    .use(translateRefusals)
    .use(({ ctx, next }) => {
      const { actor } = ctx
      if (!actor) {
        const message = ctx.sessionEnd ? sessionEndText[ctx.sessionEnd] : 'Sign in first.'
        throw new TRPCError({ code: 'UNAUTHORIZED', message })
      }
      const block = permissionBlock(actor, permission)
      if (block) throw new TRPCError({ code: 'FORBIDDEN', message: block })
      return next({ ctx: { actor, by: attributionOf(ctx, actor) } })
    })
}

/**
 * The same for what asks for a fresh proof of who is there: refuses with `step_up_required` unless the
 * person showed a second factor, or signed in, within the last five minutes.
 */
export function allowStepUp(permission: Exclude<Permission, VisitorPermission>) {
  return allow(permission).use(({ ctx, next }) => {
    const isFresh = ctx.now().getTime() - ctx.actor.provedAt.getTime() <= STEP_UP_FRESH_MS
    if (!isFresh) throw new Refusal('forbidden', 'step_up_required', 'Confirm that it is you.')
    return next()
  })
}

/** Declares a procedure for visitors too, under a permission that the shared table grants to nobody in particular. */
export function allowAnyone(permission: VisitorPermission) {
  return t.procedure
    .meta({ permission })
    .use(recordUnsuccessful)
    .use(translateRefusals)
    .use(({ ctx, next }) => next({ ctx: { by: attributionOf(ctx, ctx.actor) } }))
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

/**
 * What a person may not do is always worth an entry, what did not work only where something was to
 * change. Bad input and a missing sign-in changed nothing and prove nothing; being asked for a fresh
 * proof is part of the way.
 */
const recordUnsuccessful = t.middleware(async ({ ctx, path, type, getRawInput, next }) => {
  const result = await next()
  if (result.ok) return result
  const { code, message, cause } = result.error
  const isForbidden = code === 'FORBIDDEN'
  const isChange = type === 'mutation' && code !== 'BAD_REQUEST' && code !== 'UNAUTHORIZED'
  const isStepUp = cause instanceof Refusal && cause.code === 'step_up_required'
  if ((isForbidden || isChange) && !isStepUp) {
    const isDefect = code === 'INTERNAL_SERVER_ERROR'
    await ctx.audit.unsuccessful({
      by: attributionOf(ctx, ctx.actor),
      path,
      outcome: isDefect ? 'failed' : 'refused',
      reason: isDefect ? 'internal error' : message,
      input: await readable(getRawInput),
    })
  }
  return result
})

/** Null where the body is no JSON: what was refused before anybody read it stays refused, and recorded. */
async function readable(getRawInput: () => Promise<unknown>): Promise<unknown> {
  try {
    return await getRawInput()
  } catch (error) {
    if (error instanceof TRPCError) return null
    throw error
  }
}

function attributionOf(ctx: Context, actor: Actor | null): Attribution {
  return { actor, address: ctx.address, requestId: ctx.requestId, at: ctx.now() }
}
