import { lazy, Suspense, useSyncExternalStore } from 'react'
import { currentStepUp, onStepUpChange } from './step-up.ts'

const StepUpDialog = lazy(async () => ({
  default: (await import('./step-up-dialog.tsx')).StepUpDialog,
}))

/** Mounted once, by the shell. */
export function StepUpHost() {
  const request = useSyncExternalStore(onStepUpChange, currentStepUp)
  if (!request) return null
  return (
    <Suspense>
      <StepUpDialog onSettled={request.settle} />
    </Suspense>
  )
}
