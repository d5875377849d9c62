import { fingerprintGroups } from '@desk/shared/withdrawals/fingerprint'
import { tip } from '../ui/tooltip.tsx'

/** The beginning of a fingerprint in eight groups; all of it in the tooltip. */
export function FingerprintView({ fingerprint }: { readonly fingerprint: string }) {
  return (
    <span
      {...tip(fingerprint)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what hover shows, focus has to show too
      tabIndex={0}
      className="flex flex-wrap gap-1.5 rounded-sm font-mono text-sm"
    >
      {fingerprintGroups(fingerprint).map((group, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- groups stand in their places
        <span key={`${index}-${group}`} className="rounded-sm bg-sunken px-1.5 py-0.5">
          {group}
        </span>
      ))}
    </span>
  )
}
