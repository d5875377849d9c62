import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { announce } from './announce.tsx'
import { Button } from './button.tsx'
import { toClipboard } from './clipboard.ts'

/** Copies a text that is too long or too secret to be clicked as a whole. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null)
  const copy = async () => {
    const isCopied = await toClipboard(text)
    setOutcome(isCopied ? 'copied' : 'failed')
    announce(isCopied ? 'Copied' : 'Could not copy: select the text instead')
  }
  const Icon = outcome === 'copied' ? Check : Copy
  return (
    <Button onClick={() => void copy()}>
      <Icon aria-hidden className="size-4" strokeWidth={1.7} />
      {outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Select and copy by hand' : label}
    </Button>
  )
}
