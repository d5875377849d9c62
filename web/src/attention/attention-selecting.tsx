import { CheckCheck } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { type AttentionItem, RESOLVED_AT_ONCE_MAX } from '@desk/shared/attention/attention-item'
import { usePermissionBlock } from '../app/permission.ts'
import { Amount } from '../ui/amount.tsx'
import { Button } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { countText } from '../ui/readers-locale.ts'
import { SelectionProvider } from './attention-selection.tsx'

const ResolveDialog = lazy(async () => ({
  default: (await import('./resolve-dialog.tsx')).ResolveDialog,
}))

const noIds: ReadonlySet<number> = new Set()

/** Rows that were chosen, and what can be done with them: over the end of the table, so that nothing moves. */
export function Selecting({ items, children }: SelectingProps) {
  const [picked, setPicked] = useState(noIds)
  const [isAsking, setAsking] = useState(false)
  const block = usePermissionBlock('attention:write')
  const selectable = useMemo(() => items.filter(({ state }) => state === 'open'), [items])
  // What was resolved meanwhile, by whomever, is selected no longer.
  const chosen = useMemo(() => selectable.filter(({ id }) => picked.has(id)), [selectable, picked])
  const value = useMemo(() => {
    const ids = new Set(chosen.map(({ id }) => id))
    const most = selectable.slice(0, RESOLVED_AT_ONCE_MAX)
    const isAll = most.length > 0 && ids.size >= most.length
    return {
      ids,
      isAll,
      onToggle: (id: number) => setPicked(ids.has(id) ? except(ids, id) : new Set([...ids, id])),
      onToggleAll: () => setPicked(isAll ? noIds : new Set(most.map(({ id }) => id))),
    }
  }, [chosen, selectable])
  const tooMany =
    chosen.length > RESOLVED_AT_ONCE_MAX
      ? `At most ${RESOLVED_AT_ONCE_MAX} can be resolved at once.`
      : null
  const cents = chosen.reduce((sum, { stakeCents }) => sum + (stakeCents ?? 0), 0)
  return (
    <SelectionProvider value={value}>
      {children}
      {chosen.length > 0 && (
        <section
          aria-label="Selection"
          className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center px-4 md:pl-18 lg:pl-60"
        >
          <div className="pointer-events-auto flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-surface py-2 pr-2 pl-4 text-sm shadow-overlay">
            <span aria-live="polite" className="tabular-nums">
              {countText(chosen.length)} selected · <Amount cents={cents} /> at stake
            </span>
            <span className="flex gap-2">
              <Button onClick={() => setPicked(noIds)}>Clear</Button>
              <GuardedButton
                block={block ?? tooMany}
                variant="primary"
                onClick={() => setAsking(true)}
              >
                <CheckCheck aria-hidden className="size-4" />
                Resolve
              </GuardedButton>
            </span>
          </div>
        </section>
      )}
      <Suspense>
        {isAsking && chosen.length > 0 && (
          <ResolveDialog
            items={chosen}
            onClose={() => setAsking(false)}
            onDone={() => {
              setAsking(false)
              setPicked(noIds)
            }}
          />
        )}
      </Suspense>
    </SelectionProvider>
  )
}

interface SelectingProps {
  readonly items: readonly AttentionItem[]
  readonly children: ReactNode
}

function except(ids: ReadonlySet<number>, id: number): ReadonlySet<number> {
  return new Set([...ids].filter((other) => other !== id))
}
