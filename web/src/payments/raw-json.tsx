import { ChevronRight } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'

const JsonView = lazy(async () => ({ default: (await import('../ui/json-view.tsx')).JsonView }))

/** SpacePay's newest full answer, for whoever has to quote it. */
export function RawJson({ text }: { readonly text: string | null }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <section className="border-t border-line px-5 py-4">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="flex items-center gap-1 rounded-sm text-sm font-semibold"
        >
          <ChevronRight aria-hidden className={`size-4 ${isOpen ? 'rotate-90' : ''}`} />
          Raw JSON from SpacePay
        </button>
      </h3>
      {isOpen && (
        <div className="mt-3">
          {text === null ? (
            <p className="text-sm text-muted">The API has not been read for this payment yet.</p>
          ) : (
            <Suspense fallback={<Skeleton className="h-40 w-full" />}>
              <JsonView text={text} label="Raw JSON" />
            </Suspense>
          )}
        </div>
      )}
    </section>
  )
}
