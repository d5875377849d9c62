import type { Profile } from '../registry/chains.ts'
import type { EventType } from './webhook-record.ts'

/**
 * The text of a webhook, in the documented envelope. The integration page reads `event` and the
 * fields flat in `data`; its profile has both beside what is documented.
 */
export function eventBody(
  type: EventType,
  data: Readonly<Record<string, unknown>>,
  told: { readonly at: number; readonly profile: Profile },
): string {
  const timestamp = new Date(told.at).toISOString()
  if (told.profile !== 'seed') return JSON.stringify({ type, data, timestamp })
  const flat = Object.assign({}, ...Object.values(data))
  return JSON.stringify({ event: type, type, data: { ...flat, ...data }, timestamp })
}
