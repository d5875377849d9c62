import { type ReactNode, useId } from 'react'
import { Button } from '../ui/button.tsx'

/** One second factor, or the recovery codes, and what can be done with it. */
export function FactorRow({ icon, name, facts, actions }: FactorRowProps) {
  const id = useId()
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-3 last:border-b-0">
      <span className="flex-none text-muted">{icon}</span>
      <div className="min-w-0 flex-1 basis-44">
        <p className="truncate text-sm font-medium">{name}</p>
        <p className="text-xs text-muted">{facts}</p>
        {actions.map(
          ({ verb, block }) =>
            block && (
              <p key={verb} id={`${id}-${verb}`} className="text-xs text-faint">
                {block}
              </p>
            ),
        )}
      </div>
      <div className="flex gap-2 max-md:ml-8">
        {actions.map(({ verb, block = null, ...action }) => (
          <Button
            key={verb}
            variant={action.isDanger ? 'danger' : 'secondary'}
            disabled={block !== null}
            aria-label={action.name}
            aria-describedby={block === null ? undefined : `${id}-${verb}`}
            onClick={action.do}
          >
            {verb}
          </Button>
        ))}
      </div>
    </li>
  )
}

interface FactorRowProps {
  readonly icon: ReactNode
  readonly name: string
  readonly facts: ReactNode
  readonly actions: readonly FactorAction[]
}

interface FactorAction {
  readonly verb: string
  /** The verb with what it is about, for those who hear the button alone. */
  readonly name: string
  readonly isDanger?: boolean
  /** Why it cannot be done, if so. */
  readonly block?: string | null
  readonly do: () => void
}
