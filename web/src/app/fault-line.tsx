import { Notice } from '../ui/panel.tsx'
import { readFault } from './fault.ts'

/** Why what was asked for did not happen, beside the button that asked; nothing while `error` is null. */
export function FaultLine({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null
  const fault = readFault(error)
  const words = {
    unreachable: 'Desk does not answer. Look again before you repeat this: it may have arrived.',
    defect: 'A fault in Desk kept this from being done. Nothing was changed.',
    step_up_required: 'Nothing was changed, since it was not confirmed that it is you.',
  } as const
  const text =
    fault.refusal === 'step_up_required'
      ? words.step_up_required
      : fault.kind === 'unreachable' || fault.kind === 'defect'
        ? words[fault.kind]
        : fault.message
  return (
    <div role="alert">
      <Notice tone="bad">
        {text}
        {fault.kind === 'defect' && fault.reference !== null && ` Reference ${fault.reference}.`}
      </Notice>
    </div>
  )
}
