import { Link } from '@tanstack/react-router'
import type { SnapshotComparison } from '@desk/shared/webhooks/delivery-detail'
import { PreciseText } from '../ui/moment.tsx'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'

/** Field by field what this delivery says otherwise than the one before it about the same object. */
export function SnapshotChanges({ comparison }: { readonly comparison: SnapshotComparison }) {
  const { previous, changes } = comparison
  if (previous === null) {
    return (
      <p className="text-sm text-muted">
        No earlier webhook about this object is known, so there is nothing to compare it with.
      </p>
    )
  }
  return (
    <>
      <p className="mb-2 text-sm text-muted">
        Compared with{' '}
        <Link
          to="/webhooks/$deliveryId"
          params={{ deliveryId: previous.id }}
          className="rounded-sm text-accent hover:underline"
        >
          webhook {previous.id}
        </Link>
        , which came <PreciseText at={previous.receivedAt} />. The order is that of the events
        themselves.
      </p>
      {changes.length === 0 ? (
        <p className="text-sm text-muted">It says exactly the same.</p>
      ) : (
        <ScrollSideways label="What changed">
          <table className="w-full text-sm">
            <caption className="sr-only">Fields that changed</caption>
            <thead>
              <tr className="border-b border-line text-left text-xs text-faint">
                {['Field', 'Before', 'Now'].map((name) => (
                  <th key={name} scope="col" className="h-8 pr-4 font-medium">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changes.map(({ path, before, after }) => (
                <tr key={path} className="border-b border-line align-top last:border-b-0">
                  <th scope="row" className="py-2 pr-4 text-left font-mono text-xs font-normal">
                    {path}
                  </th>
                  <td className="py-2 pr-4 font-mono text-xs break-all text-muted">
                    <Value text={before} />
                  </td>
                  <td className="py-2 font-mono text-xs break-all">
                    <Value text={after} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollSideways>
      )}
    </>
  )
}

function Value({ text }: { readonly text: string | null }) {
  return text === null ? <span className="font-sans text-faint">not there</span> : text
}
