import type { TokenSnapshot } from '@desk/shared/payments/payment-snapshot'
import * as z from 'zod'
import { chainIdField } from './chain-id.ts'
import { decodeWith } from './decode-error.ts'
import { networkOfToken, readToken, tokenField } from './token.wire.ts'
import { baseUnitsField } from './wire-fields.ts'

export interface WalletBalance {
  readonly network: string | null
  readonly token: TokenSnapshot
  /** Null when SpacePay could not read the chain: unavailable, which is not zero. */
  readonly baseUnits: string | null
}

/** Throws DecodeError. */
export function decodeWalletBalances(json: unknown): readonly WalletBalance[] {
  return decodeWith(balancesWire, json).balances
}

const balancesWire = z.object({
  balances: z.array(
    z
      .object({ chainId: chainIdField, token: tokenField, amountRaw: baseUnitsField })
      .transform((wire): WalletBalance => {
        const network = wire.chainId?.network ?? networkOfToken(wire.token)
        return { network, token: readToken(wire.token, network), baseUnits: wire.amountRaw }
      }),
  ),
})
