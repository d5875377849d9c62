import { splitPasted } from '@desk/shared/payments/pasted-lines'
import { TEXT_MAX } from '@desk/shared/payments/payment-query'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { FindManyLink } from './long-search.tsx'

/** Several lines, or a very long text, were pasted into a field that holds one: what may be done with them. */
export function PastedLines({ text, onSearch, onDismiss }: PastedLinesProps) {
  const lines = splitPasted(text).filter((line) => line.trim() !== '')
  const joined = lines.map((line) => line.trim()).join(' ')
  const size = `${countText(text.length)} characters`
  return (
    <output className="mt-2 block">
      <Notice tone="idle">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <span className="min-w-0 flex-1 basis-64">
            {lines.length > 1
              ? `You pasted ${countText(lines.length)} lines (${size}), and a search is one line. Nothing was cut.`
              : `You pasted ${size}, and a search takes ${TEXT_MAX}. Nothing was cut.`}
          </span>
          <FindManyLink text={text}>
            {lines.length > 1
              ? `Find all ${countText(lines.length)} at once`
              : 'Look it up in Find many'}
          </FindManyLink>
          {joined.length <= TEXT_MAX && (
            <Button onClick={() => onSearch(joined)}>Search as one text</Button>
          )}
          <Button variant="ghost" onClick={onDismiss}>
            Dismiss
          </Button>
        </div>
      </Notice>
    </output>
  )
}

interface PastedLinesProps {
  readonly text: string
  readonly onSearch: (text: string) => void
  readonly onDismiss: () => void
}
