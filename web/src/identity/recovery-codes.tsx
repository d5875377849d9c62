import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'

/** Shown once, when they are made: there is no way to see them again. */
export function RecoveryCodes({ codes, verb, onSaved, isInDialog = false }: RecoveryCodesProps) {
  const [isSaved, setSaved] = useState(false)
  const text = codes.join('\n')
  const goOn = (
    <Button variant="primary" size={isInDialog ? 'md' : 'lg'} disabled={!isSaved} onClick={onSaved}>
      {verb}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">
        With one of these you get in when your phone is lost. Each works once. Desk cannot show them
        again: keep them where you keep passwords, not on the phone itself.
      </p>
      <ol
        aria-label="Recovery codes"
        className="grid grid-cols-1 gap-x-6 gap-y-1 rounded-md border border-line bg-sunken px-4 py-3 font-mono text-sm min-[400px]:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy all" />
        <Button onClick={() => download(text)}>
          <Download aria-hidden className="size-4" strokeWidth={1.7} />
          Download as text
        </Button>
      </div>
      <Checkbox label="I have saved these codes" checked={isSaved} onChange={setSaved} />
      {isInDialog ? <DialogFoot isInBody>{goOn}</DialogFoot> : goOn}
    </div>
  )
}

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  /** On the button that goes on. */
  readonly verb: string
  readonly onSaved: () => void
  readonly isInDialog?: boolean
}

function download(codes: string): void {
  const text = `Recovery codes for SpacePay Desk at ${window.location.host}\nEach works once.\n\n${codes}\n`
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'spacepay-desk-recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(url)
}
