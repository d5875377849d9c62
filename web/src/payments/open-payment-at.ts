import * as z from 'zod/mini'
import { type PaymentId, paymentId } from '@desk/shared/payments/payment'
import type { PaletteSpot } from '../app/command-palette/palette-room.ts'

/** The payment that the address shows: on its own page, or beside a list that names it. */
export function openPaymentAt({ path, params, search }: PaletteSpot): PaymentId | null {
  const isPage = path === '/payments/$paymentId'
  if (!isPage && !lists.includes(path)) return null
  const read = z.safeParse(paymentId, isPage ? params['paymentId'] : search['open'])
  return read.success ? read.data : null
}

/** Screens with a payment in a drawer beside them. */
const lists: readonly string[] = ['/payments', '/payments/find', '/attention']
