import { roleText } from '@desk/shared/identity/roles'
import type { UserId } from '@desk/shared/identity/session'
import type { SavedView, ViewCount } from '@desk/shared/views/saved-view'
import { countText } from '../ui/readers-locale.ts'

/** Who else sees a view and from whom it is; null for one's own that nobody else sees. */
export function sharingText({ owner, sharedWith }: SavedView, me: UserId): string | null {
  if (sharedWith === null) return null
  const role = roleText[sharedWith].label
  if (owner === null) return `Belongs to ${role}`
  return owner.id === me ? `Shared with ${role}` : `Shared with ${role} by ${owner.name}`
}

/** How many payments it holds, as short as it goes; empty where nobody counted. */
export function viewCountText(count: ViewCount | undefined): string {
  if (count === undefined || count.count === null) return ''
  return count.exact ? countText(count.count) : `${countText(count.count)}+`
}
