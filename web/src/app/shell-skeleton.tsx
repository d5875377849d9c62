import { Skeleton } from '../ui/skeleton.tsx'

/** The shell's outline, at its final sizes, while the first answers are on their way. */
export function ShellSkeleton() {
  return (
    <div className="grid h-full grid-rows-[52px_1fr] md:grid-cols-[56px_1fr] lg:grid-cols-[224px_1fr]">
      <div className="row-span-2 hidden border-r border-line bg-surface p-4 md:block">
        <Skeleton className="h-6 w-full" />
      </div>
      <div className="flex items-center border-b border-line bg-surface px-5">
        <Skeleton className="h-8 w-full max-w-[420px]" />
      </div>
      <div className="px-6 py-5">
        <Skeleton className="h-7 w-40" />
      </div>
    </div>
  )
}
