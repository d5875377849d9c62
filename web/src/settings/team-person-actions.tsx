import { lazy, Suspense, useState } from 'react'
import type { TeamPerson } from '@desk/shared/identity/team'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { factorsText } from './team-words.ts'

const DepartureDialog = lazy(async () => ({
  default: (await import('./team-departure-dialog.tsx')).DepartureDialog,
}))
const EnableDialog = lazy(async () => ({
  default: (await import('./team-access-dialogs.tsx')).EnableDialog,
}))
const ResetFactorsDialog = lazy(async () => ({
  default: (await import('./team-access-dialogs.tsx')).ResetFactorsDialog,
}))

const SamePersonDialog = lazy(async () => ({
  default: (await import('./team-same-person-dialog.tsx')).SamePersonDialog,
}))

/** What can be done about a person's access, each asked again with what it brings. */
export function PersonActions({ person, people, block }: PersonActionsProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  return (
    <>
      {person.state !== 'removed' && (
        <Buttons person={person} block={block} onAsk={(what) => setAsked({ what, person })} />
      )}
      <Suspense>
        {(asked?.what === 'disable' || asked?.what === 'remove') && (
          <DepartureDialog what={asked.what} person={asked.person} onClose={close} />
        )}
        {asked?.what === 'enable' && <EnableDialog person={asked.person} onClose={close} />}
        {asked?.what === 'same' && (
          <SamePersonDialog person={asked.person} people={people} onClose={close} />
        )}
        {asked?.what === 'reset' && <ResetFactorsDialog person={asked.person} onClose={close} />}
      </Suspense>
    </>
  )
}

interface PersonActionsProps {
  readonly person: TeamPerson
  /** The whole team. */
  readonly people: readonly TeamPerson[]
  /** Why none of it may be done, or null. */
  readonly block: string | null
}

/** The person as they were when it was asked: the list beneath changes before the dialog has said how it went. */
interface Asked {
  readonly what: 'disable' | 'enable' | 'remove' | 'reset' | 'same'
  readonly person: TeamPerson
}

function Buttons({ person, block, onAsk }: ButtonsProps) {
  const factorsBlock =
    block ?? (factorsText(person.factors) === null ? 'There is no second factor to reset.' : null)
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <GuardedButton block={factorsBlock} onClick={() => onAsk('reset')}>
        Reset second factors
      </GuardedButton>
      <GuardedButton block={block} onClick={() => onAsk('same')}>
        Same person as…
      </GuardedButton>
      {person.state === 'disabled' ? (
        <GuardedButton block={block} onClick={() => onAsk('enable')}>
          Enable
        </GuardedButton>
      ) : (
        <GuardedButton block={block} variant="danger" onClick={() => onAsk('disable')}>
          Disable
        </GuardedButton>
      )}
      <GuardedButton block={block} variant="danger" onClick={() => onAsk('remove')}>
        Remove
      </GuardedButton>
    </div>
  )
}

type ButtonsProps = Omit<PersonActionsProps, 'people'> & {
  readonly onAsk: (what: Asked['what']) => void
}
