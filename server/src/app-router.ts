import { attentionRouter } from './attention/attention.router.ts'
import { notesRouter } from './attention/notes.router.ts'
import { auditRouter } from './audit/audit.router.ts'
import { bankRouter } from './settlements/bank.router.ts'
import { businessDayRouter } from './settlements/business-day.router.ts'
import { destinationsRouter } from './withdrawals/destinations.router.ts'
import { exportsRouter } from './exports/exports.router.ts'
import { identityRouter } from './identity/identity.router.ts'
import { insightsRouter } from './insights/insights.router.ts'
import { router } from './kernel/trpc.ts'
import { profileRouter } from './identity/profile.router.ts'
import { teamRouter } from './identity/team.router.ts'
import { paymentsRouter } from './payments/payments.router.ts'
import { settlementMonthsRouter } from './settlements/settlement-months.router.ts'
import { settlementsRouter } from './settlements/settlements.router.ts'
import { preferencesRouter } from './views/preferences.router.ts'
import { notificationsRouter } from './system/notifications.router.ts'
import { systemRouter } from './system/system.router.ts'
import { withdrawalPolicyRouter } from './withdrawals/withdrawal-policy.router.ts'
import { withdrawalsRouter } from './withdrawals/withdrawals.router.ts'
import { viewsRouter } from './views/views.router.ts'
import { webhookSettingsRouter } from './webhooks/webhook-settings.router.ts'
import { webhooksRouter } from './webhooks/webhooks.router.ts'

/** Every procedure Desk has. The browser knows it as a type only. */
export const appRouter = router({
  attention: attentionRouter,
  audit: auditRouter,
  bank: bankRouter,
  businessDay: businessDayRouter,
  destinations: destinationsRouter,
  exports: exportsRouter,
  identity: identityRouter,
  insights: insightsRouter,
  notes: notesRouter,
  notifications: notificationsRouter,
  payments: paymentsRouter,
  preferences: preferencesRouter,
  profile: profileRouter,
  settlementMonths: settlementMonthsRouter,
  settlements: settlementsRouter,
  system: systemRouter,
  team: teamRouter,
  views: viewsRouter,
  webhooks: webhooksRouter,
  withdrawalPolicy: withdrawalPolicyRouter,
  withdrawals: withdrawalsRouter,
  webhookSettings: webhookSettingsRouter,
})

export type AppRouter = typeof appRouter
