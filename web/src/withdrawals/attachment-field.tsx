import { FileUp, X } from 'lucide-react'
import { type ChangeEvent, useId, useRef, useState } from 'react'
import { attachmentEndings } from '@desk/shared/withdrawals/attachment'
import { announce } from '../ui/announce.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { bytesText } from '../ui/bytes-text.ts'
import { type AttachmentChoice, chosenFile } from './attachment-choice.ts'

interface AttachmentFieldProps {
  readonly choice: AttachmentChoice
  readonly onChange: (choice: AttachmentChoice) => void
}

/** One document with a request, such as the invoice; what Desk would not take is refused here already, with the way out. */
export function AttachmentField({ choice, onChange }: AttachmentFieldProps) {
  const id = useId()
  const chooser = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (!file) return
    const read = await chosenFile(file)
    // The same file can be chosen again after it was changed.
    target.value = ''
    setProblem('problem' in read ? `${file.name}: ${read.problem}` : null)
    if (!('problem' in read)) onChange(read)
  }
  const remove = () => {
    onChange({ kind: 'none' })
    setProblem(null)
    announce('The attachment was removed')
    chooser.current?.focus()
  }
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        Attachment
      </label>
      <div className="relative flex min-h-10 flex-wrap items-center gap-2">
        <input
          ref={chooser}
          id={id}
          type="file"
          accept={attachmentEndings.join(',')}
          aria-invalid={problem === null ? undefined : true}
          aria-describedby={`${id}-note`}
          className="peer sr-only"
          onChange={(event) => void take(event)}
        />
        <Button
          // The field itself is what keyboards and screen readers use.
          tabIndex={-1}
          aria-hidden
          size="lg"
          className="peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-focus"
          onClick={() => chooser.current?.click()}
        >
          <FileUp aria-hidden className="size-4" />
          {choice.kind === 'none' ? 'Choose a file' : 'Choose another file'}
        </Button>
        {choice.kind !== 'none' && (
          <span className="inline-flex max-w-full min-w-0 items-center gap-1 rounded-md bg-sunken pl-2.5 text-sm">
            <bdi className="min-w-0 truncate">{choice.name}</bdi>
            <span className="flex-none text-faint">{bytesText(choice.byteLength)}</span>
            <IconButton label={`Remove ${choice.name}`} onClick={remove}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </span>
        )}
      </div>
      <p
        // A fault is another element than the hint before it: only then it is read out.
        key={problem === null ? 'hint' : 'error'}
        id={`${id}-note`}
        role={problem === null ? undefined : 'alert'}
        className={`text-xs wrap-anywhere ${problem === null ? 'text-faint' : 'text-bad'}`}
      >
        {problem ??
          'Optional, such as the invoice: PDF, PNG, JPEG, CSV or plain text, at most 5 MB. Whoever approves reads it, and approves exactly this file.'}
      </p>
    </div>
  )
}
