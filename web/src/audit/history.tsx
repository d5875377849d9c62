import { lazy, Suspense } from 'react'
import type { AuditSubject } from '@desk/shared/audit/audit-entry'
import { Section } from '../ui/section.tsx'
import { useSeen } from '../ui/use-seen.ts'
import { HistorySkeleton } from './history-skeleton.tsx'

const HistoryList = lazy(async () => ({
  default: (await import('./history-list.tsx')).HistoryList,
}))

/** What people did to one object, newest first. Its code and its entries come once the reader is near. */
export function History(about: AuditSubject) {
  const { ref, isSeen } = useSeen()
  return (
    <Section title="History">
      <div ref={ref} className="min-h-6">
        {isSeen ? (
          <Suspense fallback={<HistorySkeleton />}>
            <HistoryList about={about} />
          </Suspense>
        ) : (
          <HistorySkeleton />
        )}
      </div>
    </Section>
  )
}
