import { useNavigate } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'
import { type DragEvent, type FormEvent, useDeferredValue, useMemo, useRef, useState } from 'react'
import { lineRanges, PASTED_LINES_MAX } from '@desk/shared/payments/pasted-lines'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { TextArea } from '../ui/text-area.tsx'
import { keepPaste } from './kept-paste.ts'
import { PasteReading } from './paste-reading.tsx'
import { readChosenFile } from './read-chosen-file.ts'
import { noPaste, type Paste, type ReadPaste, readPaste } from './read-paste.ts'

/** Where the lines are put together: pasted, typed, or from a file that is chosen or dropped. */
export function PasteForm({ paste }: { readonly paste: Paste }) {
  const navigate = useNavigate()
  // Reading a long paste takes a moment; typing goes on meanwhile.
  const settled = useDeferredValue(paste)
  const read = useMemo(() => readPaste(settled), [settled])
  const [fault, setFault] = useState<string | null>(null)
  const [isOver, setOver] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)

  const take = async (file: File | undefined) => {
    if (!file) return
    const taken = await readChosenFile(file)
    setFault(taken.fault)
    if (taken.text !== null) keepPaste({ ...noPaste, text: taken.text, fileName: file.name })
  }
  const onDrop = (event: DragEvent) => {
    setOver(false)
    const [file] = event.dataTransfer.files
    if (!file) return
    event.preventDefault()
    void take(file)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (readPaste(paste).lines.length === 0) {
      setFault('Paste or choose something to look up first.')
    } else void navigate({ to: '/payments/find', search: { show: 'all' } })
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes('Files')) return
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={`rounded-lg border border-dashed p-4 ${isOver ? 'border-accent bg-selected' : 'border-line-strong bg-surface'}`}
      >
        <TextArea
          label="One per line, or a table with a column of them"
          rows={12}
          spellCheck={false}
          autoComplete="off"
          placeholder={'ORDER-10023\n0x52ae9b2c8b3d5f1f…\nhttps://basescan.org/tx/0x…'}
          value={paste.text}
          onChange={(event) => {
            setFault(null)
            keepPaste({ ...paste, text: event.target.value, fileName: null })
          }}
          error={fault ?? undefined}
        />
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-muted">
          <Button onClick={() => chooser.current?.click()}>
            <FileUp aria-hidden className="size-4" />
            Choose a file
          </Button>
          <span className="max-md:sr-only">or drop a CSV or text file here</span>
          {paste.fileName !== null && (
            <span className="min-w-0 truncate text-text">
              <bdi>{paste.fileName}</bdi>
            </span>
          )}
          <input
            ref={chooser}
            type="file"
            accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
            aria-label="File with ids"
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => {
              void take(event.target.files?.[0])
              // The same file can be chosen again after it was changed.
              event.target.value = ''
            }}
          />
        </div>
      </div>
      <PasteReading paste={paste} read={read} />
      {read.leftOut.length > 0 && <LeftOut read={read} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" size="lg">
          {read.lines.length === 0 ? 'Find' : `Find ${countText(read.lines.length)}`}
        </Button>
        {paste.text !== '' && (
          <Button
            variant="ghost"
            size="lg"
            onClick={() => {
              setFault(null)
              keepPaste(noPaste)
            }}
          >
            Clear
          </Button>
        )}
      </div>
    </form>
  )
}

function LeftOut({ read: { leftOut, lines } }: { readonly read: ReadPaste }) {
  return (
    <Notice tone="warn">
      <p className="font-medium">
        {countText(PASTED_LINES_MAX)} are looked up at once: {countText(leftOut.length)}{' '}
        {leftOut.length === 1 ? 'line waits' : 'lines wait'}.
      </p>
      <p>
        Nothing is lost. After the first {countText(lines.length)} you can go on with lines{' '}
        {lineRanges(leftOut)}.
      </p>
    </Notice>
  )
}
