import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { buildApp } from './app.ts'
import { auditMail } from './audit-mail.ts'
import { tellAuditHead } from './audit/tell-audit-head.ts'
import { startBackgroundWork } from './background-work.ts'
import { claimInstallation } from './claim-installation.ts'
import { openDatabase, openPool } from './database.ts'
import type { Env } from './env.ts'
import { expireExports } from './exports/expire-exports.ts'
import { runExport } from './exports/run-export.ts'
import { createGateway } from './gateway/gateway.ts'
import { postgresRateBudget } from './gateway/postgres-rate-budget.ts'
import { createAuth } from './identity/auth.ts'
import { greetingOf } from './identity/greeting.ts'
import { createRequestAllowance, requestLimits } from './identity/request-allowance.ts'
import { firstAdminLink } from './identity/first-admin.ts'
import { mailInvitation } from './identity/mail-invitation.ts'
import { startLiveEvents } from './kernel/live-events.ts'
import { createMailer } from './mail/mailer.ts'
import { prepareDatabase } from './migrate.ts'
import { daily } from './outbox/daily.ts'
import { enqueue } from './outbox/enqueue.ts'
import { startWorkers } from './outbox/start-workers.ts'
import type { Tasks } from './outbox/tasks.ts'
import { sealerFor } from './kernel/sealed.ts'
import type { Context } from './kernel/trpc.ts'
import { createPayment } from './payments/create-payment.ts'
import { readPayerLink } from './payments/payer-link.ts'
import { createPaymentRefresher } from './payments/payment-refresher.ts'
import { readinessOf } from './readiness.ts'
import { seedDemo } from './seed-demo.ts'
import { ruleInForce } from './settlements/rule-in-force.queries.ts'
import { matchStatement } from './settlements/match-statement.ts'
import { spacepayOf } from './spacepay-of.ts'
import { notificationsOf, systemOf } from './system-of.ts'
import { mailWithdrawalNotices } from './system/mail-withdrawal-notices.ts'
import { startWatchingAlarms } from './system/watch-alarms.ts'
import { startWatchingWithdrawals } from './system/watch-withdrawals.ts'
import { arrangeBodies } from './webhooks/keep-bodies.ts'
import { startReception } from './webhooks/reception.ts'
import { refreshAnnounced, refreshAnnouncedWithdrawal } from './webhooks/refresh-announced.ts'
import { openSecretBook } from './webhooks/secret-book.ts'
import { secretIdOf } from './webhooks/verify-signature.ts'
import { writeMonthFile } from './settlements/write-month-file.ts'
import { resolveByPerson } from './withdrawals/resolve-by-person.ts'
import { sendWithdrawal } from './withdrawals/send-withdrawal.ts'
import { createBalanceReader } from './withdrawals/wallet-balances.ts'

/** What SpacePay allows is not published; the contract's advice is to stay at or under this. */
const callRate = { perSecond: 5, burst: 10 }
/** A payment someone looks at is read again from the API when its last answer is older. */
const readThroughFreshMs = 15_000
/** A search that takes longer is refused with a way out instead of slowing the others down. */
const readMsMax = 3_000
const drainMs = 8_000
/** A Desk that hangs in mid-transaction would otherwise keep every other from appending to the audit log. */
const idleTransactionTimeoutMs = 30_000

export interface DeskOptions {
  readonly env: Env
  readonly host: string
  /** For the role that owns the database; Desk itself runs as a lesser one. */
  readonly databaseUrl: string
  /** Set exactly in demo mode. */
  readonly sandboxUrl: string | null
  readonly encryptionKey: Buffer
  readonly publicUrl: URL
  readonly webFolder: string | null
  readonly log: Logger
}

export interface Desk {
  readonly url: string
  /** Makes the first admin; null where there is one. */
  readonly setupLink: string | null
  /** Stops accepting, finishes what is under way, gives connections back. */
  readonly stop: () => Promise<void>
}

/** Environment → database → app → listen. */
export async function runDesk(options: DeskOptions): Promise<Desk> {
  const { env, host, encryptionKey, publicUrl, sandboxUrl, log } = options
  const now = () => new Date()
  const { appUrl } = await prepareDatabase({ ownerUrl: options.databaseUrl, encryptionKey })
  const onConnectionLost = (error: Error) =>
    log.warn({ err: error }, 'a database connection was lost')
  const connection = { connectionString: appUrl, onConnectionLost }
  const pool = openPool({
    ...connection,
    connectionsMax: 20,
    name: 'desk',
    idleTransactionTimeoutMs,
  })
  const db = openDatabase(pool)
  const reads = openDatabase(
    openPool({
      ...connection,
      connectionsMax: 10,
      name: 'desk-reads',
      statementTimeoutMs: readMsMax,
    }),
  )
  const spacepay = spacepayOf(env, sandboxUrl)
  // The environment decides alone: beside a real SpacePay no sandbox makes it a demo.
  const isDemo = env.spacepay === null
  await claimInstallation(db, { isDemo, at: now() })

  const gateway = createGateway({
    baseUrl: spacepay.baseUrl,
    secretKey: spacepay.secretKey,
    budget: postgresRateBudget(db, callRate, { now, sleep }),
    log,
  })
  if (isDemo) await seedDemo({ db, gateway, now, zone: env.businessZone, encryptionKey })
  const live = startLiveEvents({ connectionString: appUrl, log })
  const links = { db, sealer: sealerFor(encryptionKey, 'payer link') }
  const payments: Context['payments'] = {
    ...createPaymentRefresher({ db, gateway, now, log, freshMs: readThroughFreshMs }),
    create: (asked, by) => createPayment({ ...links, gateway, now, pause: sleep }, asked, by),
    payerLink: (id, by) => readPayerLink(links, id, by),
  }
  const businessDay = ruleInForce(db, env.businessZone)
  const watching = { db, now, zone: businessDay.zone, log }
  const mailer = env.mail === null ? null : createMailer(env.mail)
  const auth = createAuth({
    db,
    publicUrl,
    encryptionKey,
    demo: isDemo,
    passwordSignIn: env.passwordSignIn,
    singleSignOn: env.singleSignOn,
    now,
    log,
  })
  const setup = { links: auth.invitationLinks, hasSingleSignOn: env.singleSignOn !== null }
  const setupLink = isDemo ? null : await firstAdminLink(db, setup, now())
  if (setupLink !== null) {
    log.warn(`Open this link within a day to set up the first admin: ${setupLink}`)
  }
  const telling = notificationsOf({ db, now, mailer, publicUrl, encryptionKey, env })
  const workers = await startWorkers({
    pool,
    log,
    cron: daily,
    tasks: {
      'payment.refresh': (id) => refreshAnnounced({ db, gateway, now }, id),
      'withdrawal.send': async (id) =>
        sendWithdrawal({ db, gateway, now, zone: await businessDay.zone() }, id),
      'withdrawal.refresh': (id) => refreshAnnouncedWithdrawal({ db, gateway, now }, id),
      'audit.head': () => tellAuditHead({ db, log, mail: auditMail(env, mailer) }),
      'invitation.mail': async (id) => {
        if (mailer) await mailInvitation({ db, links: auth.invitationLinks, mailer, now }, id)
      },
      'export.run': (id, ending) => runExport({ db, now, log }, id, ending),
      'bank.match': (id) => matchStatement({ db, now }, id),
      'month.file': (id) => writeMonthFile({ db, now, log }, id),
      'export.expire': () => expireExports({ db, now }),
      'notification.send': telling.send,
      'withdrawal_notice.mail': (id) => mailWithdrawalNotices({ db, now, mailer, publicUrl }, id),
      'webhook.bodies': () => arrangeBodies({ db, now, log }),
    } satisfies Tasks,
  })
  await db.transaction().execute(async (trx) => {
    await enqueue(trx, 'audit.head', ['start'])
    await enqueue(trx, 'webhook.bodies', ['start'])
  })
  const sealer = sealerFor(encryptionKey, 'webhook secret')
  const secretBook = await openSecretBook({
    db,
    sealer,
    environment: spacepay.webhookSecrets,
    live: { subscribe: (signal) => live.attend(signal) },
    now,
    log,
  })
  const { receiver, processing, turn } = startReception({
    db,
    now,
    log,
    secrets: secretBook.live,
    secretsAnew: secretBook.liveAnew,
    onVerified: secretBook.used,
    toleranceSeconds: env.webhookToleranceSeconds,
    requestRefresh: (trx, paymentIds) => enqueue(trx, 'payment.refresh', paymentIds),
    requestWithdrawalRefresh: (trx, ids) => enqueue(trx, 'withdrawal.refresh', ids),
  })
  const background = startBackgroundWork({
    db,
    gateway,
    now,
    zone: env.businessZone,
    log,
    turn,
    onGiven: () => processing.wake(),
  })
  const allowance = createRequestAllowance({ db, now, log, limits: requestLimits })
  const system = await systemOf({ ...watching, pool, reads, gateway, live, rate: callRate })
  const alarms = startWatchingAlarms({ ...watching, facts: () => system.facts() })
  const notices = startWatchingWithdrawals({ ...watching, isMailOn: mailer !== null })
  const http = await buildApp({
    db,
    reads,
    log,
    now,
    publicUrl,
    trustedProxies: env.trustedProxies,
    allowance,
    live,
    auth,
    isMailOn: mailer !== null,
    greeting: greetingOf({
      demo: isDemo,
      spacepayBaseUrl: new URL(spacepay.baseUrl),
      spacepaySecretKey: spacepay.secretKey,
      signIn: {
        password: env.passwordSignIn,
        singleSignOn: env.singleSignOn && { label: env.singleSignOn.label },
      },
      sandboxUrl: sandboxUrl === null ? null : new URL(sandboxUrl),
    }),
    businessDay: businessDay.rule,
    webhooks: receiver,
    webhookConsole: {
      secrets: secretBook.known,
      toleranceSeconds: env.webhookToleranceSeconds,
      environmentIds: new Set(spacepay.webhookSecrets.map(secretIdOf)),
      sealer,
      forgetSecrets: secretBook.forget,
      sandboxUrl: sandboxUrl === null ? null : new URL(sandboxUrl),
    },
    payments,
    withdrawals: { resolve: (asked, by) => resolveByPerson({ db, gateway, by }, asked) },
    wallet: { balances: createBalanceReader({ db, gateway, now, log }) },
    readiness: readinessOf({ pool, workers, log }),
    system,
    notifications: telling.settings,
    webFolder: options.webFolder,
  })
  await http.listen({ host, port: env.port })
  return {
    url: `http://localhost:${portOf(http.server.address())}`,
    setupLink,
    stop: async () => {
      // Open streams end here, so that closing the server waits for short answers only.
      await live.stop()
      const work = [
        http.close(),
        ...[processing, secretBook, ...background, workers, alarms, notices, allowance].map(
          (each) => each.stop(),
        ),
      ]
      await Promise.race([Promise.all(work), sleep(drainMs, undefined, { ref: false })])
      await gateway.close()
      mailer?.close()
      await Promise.all([db.destroy(), reads.destroy()])
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port.')
  return address.port
}
