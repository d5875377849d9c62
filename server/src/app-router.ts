import { attentionRouter } from './attention/attention.router.ts'
import { notesRouter } from './attention/notes.router.ts'
import { auditRouter } from './audit/audit.router.ts'
import { identityRouter } from './identity/identity.router.ts'
import { router } from './kernel/trpc.ts'
import { profileRouter } from './identity/profile.router.ts'
import { teamRouter } from './identity/team.router.ts'
import { paymentsRouter } from './payments/payments.router.ts'

/** Every procedure Desk has. The browser knows it as a type only. */
export const appRouter = router({
  attention: attentionRouter,
  audit: auditRouter,
  identity: identityRouter,
  notes: notesRouter,
  payments: paymentsRouter,
  profile: profileRouter,
  team: teamRouter,
})

export type AppRouter = typeof appRouter
