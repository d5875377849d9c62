import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleQuestionMark, Pencil } from 'lucide-react'
import { lazy, type RefObject, Suspense, useRef, useState } from 'react'
import { type PaymentQuery, TEXT_MAX } from '@desk/shared/payments/payment-query'
import { printSearch } from '@desk/shared/payments/print-search'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { IconButton } from '../ui/button.tsx'
import { ChipSearch } from '../ui/chip-search.tsx'
import { filterChips, withoutFilters } from './filter-chips.ts'
import { facetsOptions } from './payment-list-queries.ts'
import type { AssistHandle, AssistLook } from './search-assist.tsx'
import { hasConditions, isTooMuchForOneLine, withTyped } from './typed-search.ts'
import { useChangeQuery } from './use-change-query.ts'
import { useTypedText } from './use-typed-text.ts'

/** What makes a text more than free words. Links hold a colon, too: the grammar knows them. */
const signs = /[:"]|(?:^|\s)-\S/

/** The grammar comes when somebody types one of its signs: most look for a plain id. */
const grammarOptions = queryOptions({
  queryKey: ['search grammar'],
  queryFn: () => import('@desk/shared/payments/parse-search'),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Completions, faults and long pastes: they come with the first use of the field. */
const SearchAssist = lazy(async () => ({
  default: (await import('./search-assist.tsx')).SearchAssist,
}))
const SearchHelp = lazy(async () => ({ default: (await import('./search-help.tsx')).SearchHelp }))

export function SearchField({ query, today, ref }: SearchFieldProps) {
  const { api } = signedInRoute.useRouteContext()
  const change = useChangeQuery()
  const { typed, isWhole, type, commit, forget } = useTypedText(query)
  const [use, setUse] = useState<'none' | 'focused' | 'typed'>('none')
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [pasted, setPasted] = useState<string | null>(null)
  const [look, setLook] = useState<AssistLook>({ 'aria-expanded': false })
  const assist = useRef<AssistHandle>(null)
  const { data: known = null } = useQuery({ ...facetsOptions(api), enabled: use !== 'none' })
  const queries = useQueryClient()
  // Free words are looked for while they are typed; a name, a quote or a minus waits for Enter.
  const typeOn = (text: string) =>
    type(text, { isWhole, isLive: !isWhole && text.length <= TEXT_MAX && !signs.test(text) })
  const enter = async (text: string) => {
    if (!isWhole && !signs.test(text)) return text.length <= TEXT_MAX && commit(text)
    const { parseSearch } = await queries.ensureQueryData(grammarOptions)
    const { query: asked, faults } = parseSearch(text, known)
    // What is wrong stays in the field, and what was found before on the screen.
    if (faults.length > 0 || asked.text.length > TEXT_MAX) return
    if (!isWhole && !hasConditions(asked)) return commit(text)
    forget()
    change(isWhole ? { ...asked, sort: query.sort } : withTyped(query, asked))
  }
  // At once: what is typed next goes into this text.
  const editAsText = () => {
    ref.current?.focus()
    type(printSearch({ ...query, text: typed }), { isWhole: true })
  }
  const chips = isWhole ? [] : filterChips(query, today)
  return (
    <div className="relative min-w-0 flex-1">
      <div className="flex">
        <ChipSearch
          ref={ref}
          label="Search payments by order, id, address, hash or metadata"
          placeholder="Order, payment id, address, hash or metadata"
          chips={chips.map(({ name, value, without }) => ({
            name,
            value,
            onRemove: () => change(without),
          }))}
          typed={typed}
          field={{
            role: 'combobox',
            'aria-autocomplete': 'list',
            ...look,
            onFocus: () => setUse((before) => (before === 'none' ? 'focused' : before)),
            onInput: ({ currentTarget }) => {
              setUse('typed')
              assist.current?.onInput(currentTarget)
            },
            onKeyDown: (event) =>
              event.key === 'F2' ? editAsText() : assist.current?.onKeyDown(event),
            onPaste: (event) => {
              const given = event.clipboardData.getData('text')
              if (!isTooMuchForOneLine(given)) return
              event.preventDefault()
              assist.current?.onLeave()
              setPasted(given)
            },
          }}
          tools={
            <span className="-mr-1.5 flex h-[38px] flex-none items-center">
              {chips.length > 0 && (
                <IconButton label="Edit as text (F2)" className="size-7!" onClick={editAsText}>
                  <Pencil aria-hidden className="size-4" />
                </IconButton>
              )}
              <IconButton
                label="How to search"
                className="size-7!"
                onClick={() => setHelpOpen(true)}
              >
                <CircleQuestionMark aria-hidden className="size-4" />
              </IconButton>
            </span>
          }
          onType={typeOn}
          onCommit={() => void enter(typed)}
          onLeave={() => assist.current?.onLeave()}
          onClear={() => {
            forget()
            change(withoutFilters(query))
          }}
        />
      </div>
      <Suspense>
        {use !== 'none' && (
          <SearchAssist
            ref={assist}
            input={ref}
            text={{
              typed,
              isWhole,
              isNew: isWhole || typed !== query.text,
              isTyped: use === 'typed',
            }}
            known={known}
            today={today}
            pasted={pasted}
            onPasted={setPasted}
            onType={typeOn}
            onForget={forget}
            onLook={setLook}
            onHelp={() => setHelpOpen(true)}
          />
        )}
        {isHelpOpen && <SearchHelp sort={query.sort} onClose={() => setHelpOpen(false)} />}
      </Suspense>
    </div>
  )
}

interface SearchFieldProps {
  readonly query: PaymentQuery
  readonly today: string
  readonly ref: RefObject<HTMLInputElement | null>
}
