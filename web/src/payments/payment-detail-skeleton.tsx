import { Skeleton } from '../ui/skeleton.tsx'

/** The size of what is coming, so that nothing moves when it does. */
export function PaymentDetailSkeleton() {
  return (
    <div aria-busy="true" className="p-5">
      <span className="sr-only">Loading the payment</span>
      <Skeleton className="h-6 w-56" />
      <Skeleton className="mt-3 h-9 w-40" />
      <Skeleton className="mt-2 h-5 w-72" />
      <Skeleton className="mt-2 h-4 w-64" />
      <Skeleton className="mt-4 h-32 w-full" />
      {['quotes', 'story', 'facts'].map((part) => (
        <div key={part} className="mt-8">
          <Skeleton className="h-5 w-44" />
          <Skeleton className="mt-3 h-8 w-full" />
          <Skeleton className="mt-2 h-8 w-full" />
          <Skeleton className="mt-2 h-8 w-3/4" />
        </div>
      ))}
    </div>
  )
}
