import { attentionPalette } from '../../attention/attention.palette.tsx'
import { auditPalette } from '../../audit/audit.palette.ts'
import { exportsPalette } from '../../exports/exports.palette.ts'
import { findManyPalette } from '../../find-many/find-many.palette.ts'
import { homePalette } from '../../home/home.palette.ts'
import { insightsPalette } from '../../insights/insights.palette.ts'
import { newPaymentPalette } from '../../new-payment/new-payment.palette.ts'
import { paymentsPalette } from '../../payments/payments.palette.tsx'
import { settingsPalette } from '../../settings/settings.palette.tsx'
import { settlementsPalette } from '../../settlements/settlements.palette.ts'
import { viewsPalette } from '../../views/views.palette.ts'
import { webhooksPalette } from '../../webhooks/webhooks.palette.ts'
import { withdrawalsPalette } from '../../withdrawals/withdrawals.palette.ts'
import { deskPalette } from '../desk.palette.tsx'
import type { PaletteRoom } from './palette-room.ts'

/** Every room with something to find or to do, in the order in which the palette names equals. */
export const paletteRooms: readonly PaletteRoom[] = [
  homePalette,
  attentionPalette,
  paymentsPalette,
  newPaymentPalette,
  findManyPalette,
  viewsPalette,
  withdrawalsPalette,
  settlementsPalette,
  insightsPalette,
  webhooksPalette,
  exportsPalette,
  settingsPalette,
  auditPalette,
  deskPalette,
]
