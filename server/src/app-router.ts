import { identityRouter } from './identity/identity.router.ts'
import { router } from './kernel/trpc.ts'
import { paymentsRouter } from './payments/payments.router.ts'

/** Every procedure Desk has. The browser knows it as a type only. */
export const appRouter = router({
  identity: identityRouter,
  payments: paymentsRouter,
})

export type AppRouter = typeof appRouter
