import { canonicalContent, fingerprintOf } from '@desk/shared/withdrawals/fingerprint'
import type { RequestContent } from '@desk/shared/withdrawals/request-content'

/** What this browser makes of the content on the screen; never what the server says it is. */
export function computedFingerprint(content: RequestContent): string {
  return fingerprintOf(canonicalContent(content))
}
