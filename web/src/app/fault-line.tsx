import { Notice } from '../ui/panel.tsx'
import { readFault } from './fault.ts'

/**
 * Why what was asked for did not happen, beside the button that asked; nothing while `error` is null, or
 * where the person themselves called it off.
 */
export function FaultLine({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null
  const { kind, message, reference } = readFault(error)
  if (kind === 'cancelled') return null
  return (
    <div role="alert">
      <Notice tone="bad">
        {kind === 'unreachable' || kind === 'defect' ? words[kind] : message}
        {kind === 'defect' && reference !== null && ` Reference ${reference}.`}
      </Notice>
    </div>
  )
}

const words = {
  unreachable: 'Desk does not answer. Look again before you repeat this: it may have arrived.',
  defect: 'A fault in Desk kept this from being done. Nothing was changed.',
} as const
