import { secretState, type WebhookSecret } from '@desk/shared/webhooks/webhook-secret'
import {
  addSecretInput,
  endSecretInput,
  retireSecretInput,
  rotateSecretInput,
} from '@desk/shared/webhooks/webhook-secret'
import { webhookPath } from '@desk/shared/webhooks/webhook-path'
import { retentionInput, type WebhookSettings } from '@desk/shared/webhooks/webhook-settings'
import { allow, allowStepUp, type Context, router } from '../kernel/trpc.ts'
import { askForTest } from './ask-for-test.ts'
import { addSecret, endSecret, rotateSecret } from './manage-secrets.ts'
import { readRetention, setRetention } from './retention.ts'
import { readSecretsInFull } from './webhook-secrets.queries.ts'

export const webhookSettingsRouter = router({
  /** Where SpacePay delivers, what verifies it and for how long bytes are kept. */
  read: allow('webhook_settings:read').query(async ({ ctx }): Promise<WebhookSettings> => ({
    endpointUrl: new URL(webhookPath, ctx.publicUrl).href,
    secrets: await readSecrets(ctx),
    retentionMonths: await readRetention(ctx.db),
    toleranceSeconds: ctx.webhooks.toleranceSeconds,
    canTest: ctx.webhooks.sandboxUrl !== null,
  })),

  addSecret: allowStepUp('webhook_settings:write')
    .input(addSecretInput)
    .mutation(({ ctx, input }) => addSecret(ctx, input)),

  rotateSecret: allowStepUp('webhook_settings:write')
    .input(rotateSecretInput)
    .mutation(({ ctx, input }) =>
      rotateSecret(ctx, { ...input, oldVerifiesUntil: new Date(input.oldVerifiesUntil) }),
    ),

  /** Until when one verifies; null until somebody says otherwise. */
  endSecret: allowStepUp('webhook_settings:write')
    .input(endSecretInput)
    .mutation(({ ctx, input: { id, verifiesUntil } }) =>
      endSecret(ctx, {
        id,
        verifiesUntil: verifiesUntil === null ? null : new Date(verifiesUntil),
      }),
    ),

  /** One verifies nothing any more, at once. */
  retireSecret: allowStepUp('webhook_settings:write')
    .input(retireSecretInput)
    .mutation(({ ctx, input: { id } }) => endSecret(ctx, { id, verifiesUntil: ctx.by.at })),

  setRetention: allowStepUp('webhook_settings:write')
    .input(retentionInput)
    .mutation(({ ctx, input }) => setRetention(ctx.db, input.months, ctx.by)),

  /** Has the sandbox deliver a test; refuses beside a real SpacePay. */
  sendTest: allow('webhook_settings:write').mutation(({ ctx }) =>
    askForTest(ctx.db, { sandboxUrl: ctx.webhooks.sandboxUrl, by: ctx.by }),
  ),
})

async function readSecrets({ db, now, webhooks }: Context): Promise<readonly WebhookSecret[]> {
  const rows = await readSecretsInFull(db)
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    lastFour: row.last_four,
    source: row.source,
    state: secretState(
      {
        source: row.source,
        isInEnvironment: webhooks.environmentIds.has(row.id),
        verifiesUntil: row.verifies_until,
      },
      now(),
    ),
    addedAt: row.added_at.toISOString(),
    addedBy: row.added_by,
    verifiesUntil: row.verifies_until?.toISOString() ?? null,
    endedBy: row.ended_by,
    uses: row.uses,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }))
}
