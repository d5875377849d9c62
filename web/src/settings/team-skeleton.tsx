import { Skeleton } from '../ui/skeleton.tsx'

/** The size of what is coming, so that nothing moves when it does. */
export function TeamSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading the team</span>
      <div className="h-8 border-b border-line" />
      {Array.from({ length: 5 }, (_, row) => (
        <div
          key={row}
          className="flex h-12 items-center gap-6 border-b border-line px-2.5 max-md:h-16"
        >
          <Skeleton className="h-4 w-48" />
          <Skeleton className="h-4 w-32 max-md:hidden" />
          <Skeleton className="ml-auto h-4 w-20" />
        </div>
      ))}
    </div>
  )
}
