import { SlidersHorizontal } from 'lucide-react'
import { type ComponentProps, lazy, Suspense } from 'react'
import { Popover } from '../ui/popover.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

const load = async () => ({ default: (await import('./display-panel.tsx')).DisplayPanel })
const DisplayPanel = lazy(load)

/** How the list looks: columns, widths and density. */
export function DisplayButton(panel: ComponentProps<typeof DisplayPanel>) {
  return (
    <Popover
      label="Display"
      className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-text aria-expanded:bg-hover aria-expanded:text-text"
      button={
        <>
          <SlidersHorizontal aria-hidden className="size-4" strokeWidth={1.7} />
          Display
        </>
      }
    >
      {() => (
        <Suspense fallback={<Skeleton className="h-96 w-80" />}>
          <DisplayPanel {...panel} />
        </Suspense>
      )}
    </Popover>
  )
}
