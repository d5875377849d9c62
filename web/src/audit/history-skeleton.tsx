import { Skeleton } from '../ui/skeleton.tsx'

export function HistorySkeleton() {
  return (
    <div aria-busy="true" aria-label="Loading the history" className="flex flex-col gap-3 py-1">
      <Skeleton className="h-4 w-3/4" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  )
}
