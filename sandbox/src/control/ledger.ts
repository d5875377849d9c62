import type { World } from '../world.ts'

/** Every withdrawal this sandbox accepted since its history, oldest first: what was really paid or may be. */
export function ledgerOf(world: World) {
  return world.withdrawals.all().flatMap((withdrawal) =>
    withdrawal.request === null
      ? []
      : [
          {
            withdrawalId: withdrawal.id,
            status: withdrawal.status,
            amountInCents: withdrawal.amountCents,
            chainId: withdrawal.chainId,
            recipientAddress: withdrawal.recipientAddress,
            orderId: withdrawal.orderId,
            customMetadata: withdrawal.customMetadata,
            idempotencyKey: withdrawal.request.idempotencyKey,
            bodySha256: withdrawal.request.bodySha256,
            acceptedAt: new Date(withdrawal.createdAt).toISOString(),
          },
        ],
  )
}
