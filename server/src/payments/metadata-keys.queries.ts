import type { Db } from '../database.ts'
import { metadataEntries } from './metadata-entries.ts'

const PAYMENTS_READ = 500
const KEYS_MAX = 30
/** Longer ones are data that somebody used as a name. */
const KEY_MAX = 60

/** Names of values in the metadata of the newest payments, such as `customer.id`, those of most payments first. */
export async function readMetadataKeys(reads: Db): Promise<string[]> {
  const newest = await reads
    .selectFrom('payment')
    .select('custom_metadata')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAYMENTS_READ)
    .execute()
  const counts = new Map<string, number>()
  for (const { custom_metadata: text } of newest) {
    const entries = text === null ? null : metadataEntries(text)
    for (const path of new Set(entries?.map((entry) => entry.path))) {
      if (/^[\w.-]+$/.test(path) && path.length <= KEY_MAX) {
        counts.set(path, (counts.get(path) ?? 0) + 1)
      }
    }
  }
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, KEYS_MAX)
    .map(([path]) => path)
}
