import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'

/** Who starts a demo waits no longer than this for the past of its sandbox. */
const patienceMs = 3_000

export interface Payee {
  readonly network: string
  readonly address: string
}

const payeeLabels = ['warehouse', 'packaging', 'courier', 'hosting', 'treasury'] as const
export type PayeeLabel = (typeof payeeLabels)[number]
const usualNetwork = 'eip155:8453'

/** Whom the sandbox's merchant paid in the past, by what the withdrawals say they were for. */
export async function findPayees(
  gateway: Pick<Gateway, 'listWithdrawals'>,
): Promise<Record<PayeeLabel, Payee>> {
  const past = await Promise.race([listPast(gateway), sleep(patienceMs, [], { ref: false })])
  const of = (label: PayeeLabel): Payee =>
    past.find((one) => one.label === label) ?? {
      network: usualNetwork,
      address: madeUpAddress(label),
    }
  return {
    warehouse: of('warehouse'),
    packaging: of('packaging'),
    courier: of('courier'),
    hosting: of('hosting'),
    treasury: of('treasury'),
  }
}

const noteOf = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('not JSON')
      return z.NEVER
    }
  })
  .pipe(z.object({ note: z.string() }))

async function listPast(
  gateway: Pick<Gateway, 'listWithdrawals'>,
): Promise<readonly (Payee & { readonly label: string })[]> {
  try {
    const { rows } = await gateway.listWithdrawals({ limit: 200 })
    return rows.flatMap(({ value: { network, recipientAddress, customMetadata } }) => {
      const note = noteOf.safeParse(customMetadata)
      return network !== null && recipientAddress !== null && note.success
        ? [{ network, address: recipientAddress, label: note.data.note }]
        : []
    })
  } catch (error) {
    if (error instanceof GatewayError) return []
    throw error
  }
}

/** The same at every start. */
export function madeUpAddress(label: string): string {
  return `0x${createHash('sha256').update(`desk demo ${label}`).digest('hex').slice(0, 40)}`
}

/** Begins and ends as another address does, as those do who poison lists of addresses. */
export function madeAlike(address: string): string {
  const between = madeUpAddress('look-alike').slice(8, -6)
  return `${address.slice(0, 8)}${between}${address.slice(-6)}`
}
