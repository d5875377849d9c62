import { useState } from 'react'
import { announce } from './announce.tsx'
import { Button } from './button.tsx'

/** JSON exactly as it was kept, laid out for reading; copying gives the kept text. */
export function JsonView({ text, label }: { readonly text: string; readonly label: string }) {
  const [said, setSaid] = useState('Copy')
  const copy = async () => {
    const outcome = await navigator.clipboard.writeText(text).then(
      () => 'Copied',
      (error: unknown) => (error instanceof DOMException ? 'Select the text instead' : 'Failed'),
    )
    setSaid(outcome)
    announce(`${label}: ${outcome}`)
  }
  return (
    <div className="relative">
      <Button className="absolute top-2 right-2" onClick={() => void copy()}>
        {said}
      </Button>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        className="max-h-[420px] overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs"
      >
        {laidOut(text)}
      </pre>
    </div>
  )
}

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}
