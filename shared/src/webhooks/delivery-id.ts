import * as z from 'zod/mini'

/** `123` is a delivery that SpacePay signed, `q45` one that was refused and is kept in quarantine. */
export const deliveryId = z
  .string()
  .check(z.regex(/^q?[1-9]\d{0,15}$/, 'This is not the number of a delivery'))

/** The number itself, and whether the delivery was refused. */
export function readDeliveryId(id: string): {
  readonly isRefused: boolean
  readonly number: number
} {
  const isRefused = id.startsWith('q')
  return { isRefused, number: Number(isRefused ? id.slice(1) : id) }
}
