import { mainMerchant } from '../registry/merchant.ts'
import type { SandboxSettings } from '../settings.ts'
import { uuidOf } from '../state/random.ts'
import type { WebhookStore } from './webhook-store.ts'

/**
 * The endpoint the settings ask for, with the same id at every start, so that a changed URL moves it
 * instead of adding one. What was changed by hand since stays: its name and whether it is active, and
 * a rotated secret until the settings name another.
 */
export function putDefaultEndpoint(
  store: WebhookStore,
  settings: SandboxSettings,
  now: number,
): void {
  if (settings.webhookUrl === null) return
  const id = uuidOf('default webhook endpoint')
  const known = store.endpoint(id)
  const rotated = known?.replacedSecret === settings.webhookSecret ? known : null
  store.putEndpoint({
    id,
    merchantId: mainMerchant.id,
    name: known?.name ?? 'Default',
    description: known?.description ?? '',
    url: settings.webhookUrl,
    secret: rotated?.secret ?? settings.webhookSecret,
    replacedSecret: rotated?.replacedSecret ?? null,
    status: known?.status ?? 'ACTIVE',
    createdAt: known?.createdAt ?? now,
    updatedAt: known?.updatedAt ?? null,
  })
}
