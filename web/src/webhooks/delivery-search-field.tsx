import { useQuery } from '@tanstack/react-query'
import { type Ref, useRef, useState } from 'react'
import { type DeliveryQuery, SEARCH_CHARACTERS_MIN } from '@desk/shared/webhooks/delivery-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { ChipSearch } from '../ui/chip-search.tsx'
import { deliveryChips } from './delivery-chips.ts'
import { useChangeWebhooksQuery } from './use-change-webhooks-query.ts'
import { without } from './webhooks-search.ts'

const TYPING_PAUSE_MS = 400
const LONGEST_SEARCH = 200

export function DeliverySearchField({ query, today, ref }: DeliverySearchFieldProps) {
  const change = useChangeWebhooksQuery()
  const { api } = signedInRoute.useRouteContext()
  const { data: secrets = [] } = useQuery({
    ...api.webhooks.secretNames.queryOptions(),
    enabled: query.secret !== undefined,
  })
  const { typed, type, commit, leave, isShort } = useTypedText(query)
  return (
    <div className="min-w-0 flex-1">
      <ChipSearch
        ref={ref}
        label="Search inside payloads"
        placeholder="Anything inside payloads"
        chips={deliveryChips(query, { today, secrets }).map(({ name, value, without: rest }) => ({
          name,
          value,
          onRemove: () => void change(rest),
        }))}
        typed={typed}
        lengthMax={LONGEST_SEARCH}
        onType={type}
        onCommit={() => void commit(typed)}
        onLeave={() => void leave()}
        onClear={() => void change({})}
      />
      <p aria-live="polite" className="text-xs text-muted">
        {isShort && (
          <span className="block pt-1">
            Type at least {SEARCH_CHARACTERS_MIN} characters to search inside payloads.
          </span>
        )}
      </p>
    </div>
  )
}

interface DeliverySearchFieldProps {
  readonly query: DeliveryQuery
  readonly today: string
  readonly ref: Ref<HTMLInputElement>
}

/** The text while it is typed, and its way into the address after a pause. Elsewhere the address decides. */
function useTypedText(query: DeliveryQuery) {
  const change = useChangeWebhooksQuery()
  const [draft, setDraft] = useState<string | null>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const asked = query.text ?? ''

  const commit = async (text: string) => {
    clearTimeout(pause.current)
    const wanted = text.trim()
    if (isTooShort(wanted)) return
    if (wanted !== asked) {
      const rest = without(query, 'text')
      // One step back leads to the list before the search, not through every letter of it.
      await change({ ...rest, ...(wanted && { text: wanted }) }, { replace: asked !== '' })
    }
    setDraft((current) => (current === text && text === wanted ? null : current))
  }
  const type = (text: string) => {
    clearTimeout(pause.current)
    setDraft(text)
    pause.current = setTimeout(() => void commit(text), TYPING_PAUSE_MS)
  }
  const typed = draft ?? asked
  const leave = async () => {
    await commit(typed)
    setDraft(null)
  }
  return { typed, type, commit, leave, isShort: isTooShort(typed.trim()) }
}

function isTooShort(text: string): boolean {
  return text !== '' && text.length < SEARCH_CHARACTERS_MIN
}
