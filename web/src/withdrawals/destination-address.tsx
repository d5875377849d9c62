import { CopyButton } from '../ui/copy-button.tsx'

interface DestinationAddressProps {
  readonly address: string
  /** Indexes that differ from a look-alike. */
  readonly differsAt?: readonly number[]
  readonly copies?: boolean
}

/** All of an address in groups of four, as people read it to each other; what differs from a look-alike is marked. */
export function DestinationAddress({
  address,
  differsAt = [],
  copies = false,
}: DestinationAddressProps) {
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2 gap-y-1">
      <span className="font-mono text-sm tracking-tight wrap-anywhere">
        <span className="sr-only">{address}</span>
        <span aria-hidden>
          {groupsOf(address).map(({ from, letters }) => (
            <span key={from} className="mr-[0.6ch] inline-block">
              {letters.map(({ letter, index }) =>
                differsAt.includes(index) ? (
                  <mark key={index} className="rounded-xs bg-warn-soft font-semibold text-warn">
                    {letter}
                  </mark>
                ) : (
                  <span key={index}>{letter}</span>
                ),
              )}
            </span>
          ))}
        </span>
      </span>
      {copies && <CopyButton text={address} label="Copy address" />}
    </span>
  )
}

/** `0x` stands with the first four. */
function groupsOf(address: string) {
  const head = address.startsWith('0x') ? 6 : 4
  const cuts = [0]
  for (let at = head; at < address.length; at += 4) cuts.push(at)
  return cuts.map((from, index) => ({
    from,
    letters: Array.from(address.slice(from, cuts[index + 1])).map((letter, offset) => ({
      letter,
      index: from + offset,
    })),
  }))
}
