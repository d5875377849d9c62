import { ChevronRight } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'

const JsonView = lazy(async () => ({ default: (await import('../ui/json-view.tsx')).JsonView }))

/** What SpacePay last answered and last sent, for whoever has to quote it. */
export function RawJson({ answer, webhook }: RawJsonProps) {
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
        <div className="mt-3 grid gap-4">
          <Kept
            title="The API's last answer"
            label="Raw JSON"
            text={answer}
            missing="The API has not been read for this payment yet."
          />
          <Kept
            title="The last webhook"
            label="Raw JSON of the last webhook"
            text={webhook}
            missing="No webhook about this payment has come."
          />
        </div>
      )}
    </section>
  )
}

interface RawJsonProps {
  /** JSON text without secrets; null where there is none, as `webhook`. */
  readonly answer: string | null
  readonly webhook: string | null
}

function Kept({ title, label, text, missing }: KeptProps) {
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-xs font-medium text-muted">{title}</h4>
      {text === null ? (
        <p className="text-sm text-muted">{missing}</p>
      ) : (
        <Suspense fallback={<Skeleton className="h-40 w-full" />}>
          <JsonView text={text} label={label} />
        </Suspense>
      )}
    </div>
  )
}

interface KeptProps {
  readonly title: string
  readonly label: string
  readonly text: string | null
  readonly missing: string
}
