import { PageHeader } from '../ui/page-header.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

/** The profile at its final size, before it is known. */
export function ProfileSkeleton() {
  return (
    <div aria-busy className="max-w-[840px]">
      <PageHeader title="Profile" state={<Skeleton className="mt-1 h-4 w-56" />} />
      {heights.map((height) => (
        <div key={height} className="mb-4 rounded-lg border border-line bg-surface p-5">
          <Skeleton className="h-5 w-32" />
          <Skeleton className={`mt-4 w-full ${height}`} />
        </div>
      ))}
    </div>
  )
}

/** Of the sections, in their order. */
const heights = ['h-10', 'h-9', 'h-44', 'h-40'] as const
