import { createRouter, stringifySearchWith } from '@tanstack/react-router'
import { attentionRoute } from '../attention/attention.route.tsx'
import { auditRoute } from '../audit/audit.route.tsx'
import { findManyRoute } from '../find-many/find-many.route.tsx'
import { exportChangesRoute, exportsRoute } from '../exports/exports.route.tsx'
import { homeRoute } from '../home/home.route.tsx'
import { insightsRoute } from '../insights/insights.route.tsx'
import { profileRoute } from '../identity/profile.route.tsx'
import { enrolRoute } from '../identity/enrol.route.tsx'
import { invitationRoute } from '../identity/invitation.route.tsx'
import { signInRoute } from '../identity/sign-in.route.tsx'
import { newPaymentRoute } from '../new-payment/new-payment.route.tsx'
import { paymentRoute } from '../payments/payment.route.tsx'
import { paymentsRoute } from '../payments/payments.route.tsx'
import {
  bankRoute,
  settlementMonthRoute,
  settlementMonthsRoute,
  settlementsRoute,
} from '../settlements/settlements.route.tsx'
import { settingsHomeRoute, settingsRoute } from '../settings/settings.route.tsx'
import { businessDayRoute } from '../settings/business-day.route.tsx'
import { notificationsRoute } from '../settings/notifications.route.tsx'
import { statusRoute } from '../settings/status.route.tsx'
import { teamRoute } from '../settings/team.route.tsx'
import { webhookSettingsRoute } from '../settings/webhook-settings.route.tsx'
import { deliveryRoute, webhooksRoute } from '../webhooks/webhooks.route.tsx'
import {
  addressBookRoute,
  editWithdrawalRoute,
  newWithdrawalRoute,
  withdrawalEvidenceRoute,
  withdrawalPolicyRoute,
  withdrawalRoute,
  withdrawalsRoute,
} from '../withdrawals/withdrawals.route.tsx'
import { addressTexts } from './address-texts.ts'
import { ErrorPage } from './error-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { type DeskContext, rootRoute } from './root-route.tsx'
import { signedInRoute } from './signed-in-route.tsx'

const routeTree = rootRoute.addChildren([
  signInRoute,
  enrolRoute,
  invitationRoute,
  signedInRoute.addChildren([
    homeRoute,
    paymentsRoute,
    paymentRoute,
    newPaymentRoute,
    findManyRoute,
    attentionRoute,
    withdrawalsRoute,
    newWithdrawalRoute,
    addressBookRoute,
    withdrawalPolicyRoute,
    withdrawalRoute,
    editWithdrawalRoute,
    withdrawalEvidenceRoute,
    insightsRoute,
    settlementsRoute,
    bankRoute,
    settlementMonthsRoute,
    settlementMonthRoute,
    webhooksRoute,
    deliveryRoute,
    exportsRoute,
    exportChangesRoute,
    auditRoute,
    settingsRoute.addChildren([
      settingsHomeRoute,
      profileRoute,
      teamRoute,
      webhookSettingsRoute,
      statusRoute,
      businessDayRoute,
      notificationsRoute,
    ]),
  ]),
])

export type DeskRouter = ReturnType<typeof createDeskRouter>

export function createDeskRouter(context: DeskContext) {
  return createRouter({
    routeTree,
    context,
    // Beside a route that fails the shell stays; routes may still bring their own.
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPreload: 'intent',
    // react-query decides what is fresh.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
    parseSearch: addressTexts,
    stringifySearch: stringifySearchWith(String),
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: DeskRouter
  }
  interface HistoryState {
    /** Why Desk ended the session, for the sign-in page to say. */
    farewell?: string
    /** Lines for Find many, pasted elsewhere. */
    pasted?: string
  }
  interface StaticDataRouteOption {
    /** Names the screen in the top bar on small windows. */
    title?: string
  }
}
