import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Greeting } from '@desk/shared/identity/session'
import type { BusinessDayRule } from '@desk/shared/time/business-day'
import { appRouter, type AppRouter } from './app-router.ts'
import { handedToThem } from './attention/leaver.ts'
import type { Db } from './database.ts'
import { attachmentRoutes } from './http/attachment-routes.ts'
import { auditExportRoute } from './http/audit-export-route.ts'
import { authRoutes, webHeaders } from './http/auth-routes.ts'
import { bankStatementRoutes } from './http/bank-statement-routes.ts'
import { buildHttp } from './http/build-http.ts'
import { exportRoutes } from './http/export-routes.ts'
import { monthFileRoutes } from './http/month-file-routes.ts'
import { operationsRoutes, type Readiness } from './http/operations-routes.ts'
import { limitSignInRequests, refusedAsTrpc, trpcHeaders } from './http/request-limits.ts'
import { spaRoutes } from './http/spa-routes.ts'
import { webhookRoute } from './http/webhook-route.ts'
import { recordUnsuccessful } from './audit/record-unsuccessful.ts'
import type { Auth } from './identity/auth.ts'
import { countedPresence } from './identity/counted-presence.ts'
import { invitationsSent } from './identity/leaver.ts'
import type { RequestAllowance } from './identity/request-allowance.ts'
import { type Context, reportDefects } from './kernel/trpc.ts'
import { approvalsGiven } from './withdrawals/leaver.ts'
import { viewsShared } from './views/leaver.ts'
import type { WebhookReceiver } from './webhooks/receive-webhook.ts'

export interface AppDependencies {
  readonly db: Db
  /** The same database for reads whose cost a person decides; see `Context`. */
  readonly reads: Db
  readonly log: FastifyBaseLogger
  readonly now: () => Date
  /** Where people reach Desk: decides the cookie, the accepted origins and HSTS. */
  readonly publicUrl: URL
  /** Proxies whose word about the client's address is taken. */
  readonly trustedProxies: readonly string[]
  readonly auth: Auth
  readonly allowance: RequestAllowance
  readonly greeting: Omit<Greeting, 'businessDay'>
  /** When business days begin now. */
  readonly businessDay: () => Promise<BusinessDayRule>
  /** Whether mail takes invitations to people. */
  readonly isMailOn: boolean
  readonly live: Context['live']
  readonly payments: Context['payments']
  readonly webhooks: WebhookReceiver
  readonly webhookConsole: Context['webhooks']
  readonly readiness: Readiness
  readonly system: Context['system']
  readonly wallet: Context['wallet']
  readonly withdrawals: Context['withdrawals']
  readonly notifications: Context['notifications']
  /** The built browser app, or null where only the API is wanted. */
  readonly webFolder: string | null
}

/** Builds the whole HTTP side of Desk and never listens. */
export async function buildApp(dependencies: AppDependencies): Promise<FastifyInstance> {
  const { log, auth, allowance, readiness, system, webFolder } = dependencies
  const presenceOf = countedPresence(auth, allowance)
  const audit: Context['audit'] = {
    unsuccessful: (call) => recordUnsuccessful(dependencies, call),
  }
  const http = await buildHttp(dependencies)
  limitSignInRequests(http, allowance)
  operationsRoutes(http, readiness, system)
  authRoutes(http, auth)
  auditExportRoute(http, {
    ...dependencies,
    auth: { presenceOf },
    audit,
  })
  exportRoutes(http, { ...dependencies, auth: { presenceOf }, audit })
  monthFileRoutes(http, { ...dependencies, auth: { presenceOf }, audit })
  await http.register(
    async (scope) => bankStatementRoutes(scope, { ...dependencies, auth: { presenceOf }, audit }),
    { prefix: '/api/bank-statements' },
  )
  await http.register(attachmentRoutes, {
    ...dependencies,
    auth: { presenceOf },
    audit,
    zone: async () => (await dependencies.businessDay()).zone,
  })
  await http.register(webhookRoute, { receiver: dependencies.webhooks })
  await http.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: async ({ req }): Promise<Context> => ({
        db: dependencies.db,
        reads: dependencies.reads,
        ...(await refusedAsTrpc(
          presenceOf({ headers: webHeaders(req), address: req.ip, requestId: req.id }),
        )),
        address: req.ip,
        audit,
        now: dependencies.now,
        requestId: req.id,
        greeting: { ...dependencies.greeting, businessDay: await dependencies.businessDay() },
        publicUrl: dependencies.publicUrl,
        factorKeys: auth.factorKeys,
        invitations: { links: auth.invitationLinks, areMailed: dependencies.isMailOn },
        leaverDuties: [invitationsSent, handedToThem, viewsShared, approvalsGiven],
        live: dependencies.live,
        payments: dependencies.payments,
        wallet: dependencies.wallet,
        withdrawals: dependencies.withdrawals,
        system,
        notifications: dependencies.notifications,
        webhooks: dependencies.webhookConsole,
      }),
      onError: reportDefects(log),
      responseMeta: ({ errors }) => ({ headers: trpcHeaders(errors) }),
      // Long enough for a screen's worth of calls, short enough to bound one request's work.
      maxBatchSize: 20,
      // A question of a thousand lines has no room in an address.
      allowMethodOverride: true,
    } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions'],
  })
  if (webFolder !== null) await spaRoutes(http, webFolder)
  return http
}
