import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { type SubmitEvent, useId, useState } from 'react'
import { tag as tagSchema, TAGS_MAX } from '@desk/shared/attention/payment-tag'
import type { PaymentId } from '@desk/shared/payments/payment'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { tip } from '../ui/tooltip.tsx'

/** Short words on a payment; those in use are suggested while one is typed. */
export function PaymentTags({ paymentId, tags }: PaymentTagsProps) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const block = usePermissionBlock('notes:write')
  const [isAdding, setAdding] = useState(false)
  const onSettled = () => queryClient.invalidateQueries(api.attention.pathFilter())
  const add = useMutation(
    api.notes.tag.mutationOptions({ onSuccess: () => setAdding(false), onSettled }),
  )
  const remove = useMutation(api.notes.untag.mutationOptions({ onSettled }))
  const full = tags.length >= TAGS_MAX ? `A payment has at most ${TAGS_MAX} tags.` : null
  const why = block ?? full
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-1.5">
        <ul aria-label="Tags" className="contents empty:hidden">
          {tags.map((one) => (
            <li
              key={one}
              className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm bg-sunken pl-2 text-xs font-medium"
            >
              <span className={`truncate ${block === null ? '' : 'pr-2'}`}>{one}</span>
              {block === null && (
                <button
                  type="button"
                  aria-label={`Remove tag ${one}`}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate({ id: paymentId, tag: one })}
                  className="grid size-6 flex-none place-items-center rounded-sm text-faint hover:bg-hover hover:text-text"
                >
                  <X aria-hidden className="size-3" />
                </button>
              )}
            </li>
          ))}
        </ul>
        {isAdding && why === null ? (
          <TagForm
            isPending={add.isPending}
            onAdd={(given) => add.mutate({ id: paymentId, tag: given })}
            onClose={() => setAdding(false)}
          />
        ) : (
          <button
            type="button"
            aria-disabled={why !== null}
            onClick={() => why === null && setAdding(true)}
            {...(why !== null && tip(why))}
            className="inline-flex h-6 items-center gap-1 rounded-sm px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-text aria-disabled:cursor-not-allowed aria-disabled:opacity-60"
          >
            <Plus aria-hidden className="size-3.5" />
            Tag
          </button>
        )}
      </div>
      <FaultLine error={add.error ?? remove.error} />
    </div>
  )
}

interface PaymentTagsProps {
  readonly paymentId: PaymentId
  readonly tags: readonly string[]
}

function TagForm({ isPending, onAdd, onClose }: TagFormProps) {
  const { api } = signedInRoute.useRouteContext()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string>()
  const inUse = useQuery(
    api.notes.tagsInUse.queryOptions({ beginning: typed.trim().toLowerCase().slice(0, 24) }),
  )
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (typed.trim() === '') return onClose()
    const given = tagSchema.safeParse(typed)
    setFault(given.success ? undefined : 'A tag is a short word: letters, digits and hyphens.')
    if (given.success) onAdd(given.data)
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-1.5">
      <input
        aria-label="New tag"
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        list={`${id}-tags`}
        value={typed}
        maxLength={24}
        autoCapitalize="none"
        autoComplete="off"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it stands where the button was that asked for it
        autoFocus
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          // The drawer around it stays open.
          event.stopPropagation()
          onClose()
        }}
        className="h-7 w-36 rounded-sm border border-line-strong bg-surface px-2 text-xs outline-none focus:border-focus max-md:text-lg"
      />
      <datalist id={`${id}-tags`}>
        {inUse.data?.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </datalist>
      <Button type="submit" pending={isPending} className="h-7!">
        Add
      </Button>
      {fault !== undefined && (
        <span id={`${id}-fault`} role="alert" className="text-xs text-bad">
          {fault}
        </span>
      )}
    </form>
  )
}

interface TagFormProps {
  readonly isPending: boolean
  readonly onAdd: (tag: string) => void
  readonly onClose: () => void
}
