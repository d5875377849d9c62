import { Link } from '@tanstack/react-router'
import type { Permission } from '@desk/shared/identity/permissions'
import type { SignPlace, SignState, SystemSign } from '@desk/shared/system/system-sign'
import { usePermissionBlock } from '../app/permission.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/tone.ts'

/** One sign: its name, the state in a word, the sentence, and what to do where there is something to do. */
export function StatusSign({ sign }: { readonly sign: SystemSign }) {
  const { name, state, word, sentence, advice, place } = sign
  return (
    <li className="grid gap-x-4 gap-y-1 px-5 py-3 md:grid-cols-[200px_120px_minmax(0,1fr)_auto]">
      <div className="flex items-center justify-between gap-3 md:contents">
        <h3 className="text-sm font-medium">{name}</h3>
        <span>
          <Badge tone={tones[state]}>{word}</Badge>
        </span>
      </div>
      <div className="min-w-0 text-sm text-muted tabular-nums">
        <p className="break-words">{sentence}</p>
        {advice !== null && <p className="mt-0.5 break-words text-text">{advice}</p>}
      </div>
      {place !== null && <PlaceLink place={place} name={name} />}
    </li>
  )
}

/** Absent for whom the place is not open: the sentence stays. */
function PlaceLink({ place, name }: { readonly place: SignPlace; readonly name: string }) {
  const { label, permission } = places[place]
  if (usePermissionBlock(permission) !== null) return null
  return (
    <Link to={place} className="justify-self-start rounded-sm text-sm text-accent hover:underline">
      {label}
      <span className="sr-only">, for {name}</span>
    </Link>
  )
}

const tones = { ok: 'ok', waiting: 'wait', warning: 'warn' } as const satisfies Record<
  SignState,
  Tone
>

const places = {
  '/webhooks': { label: 'Webhooks', permission: 'webhooks:read' },
  '/attention': { label: 'Needs attention', permission: 'payments:read' },
  '/withdrawals': { label: 'Withdrawals', permission: 'withdrawals:read' },
  '/exports': { label: 'Exports', permission: 'exports:read' },
  '/audit': { label: 'Audit log', permission: 'audit:read' },
} as const satisfies Record<SignPlace, { readonly label: string; readonly permission: Permission }>
