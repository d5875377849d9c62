import { Link, useNavigate } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import type { TeamPerson } from '@desk/shared/identity/team'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Badge, Flag } from '../ui/badge.tsx'
import { Moment } from '../ui/moment.tsx'
import { tip } from '../ui/tooltip.tsx'
import { useIsNarrow } from '../ui/viewport.ts'
import { RoleFlags } from './role-flags.tsx'
import { factorsText, stateWords } from './team-words.ts'

/** Who works here; those who left stand below, folded away. */
export function TeamPeople({ people, openId }: TeamPeopleProps) {
  const here = people.filter(({ state }) => state !== 'removed')
  const gone = people.filter(({ state }) => state === 'removed')
  return (
    <>
      <PeopleTable label="People" people={here} openId={openId} />
      {gone.length > 0 && (
        <details className="mt-4" open={gone.some(({ userId }) => userId === openId)}>
          <summary className="w-fit cursor-pointer rounded-sm py-1 text-sm text-muted hover:text-text">
            {gone.length} removed
          </summary>
          <PeopleTable label="People who were removed" people={gone} openId={openId} />
        </details>
      )}
    </>
  )
}

interface TeamPeopleProps {
  readonly people: readonly TeamPerson[]
  readonly openId: string | null
}

function PeopleTable({ label, people, openId }: TeamPeopleProps & { readonly label: string }) {
  const isNarrow = useIsNarrow()
  const navigate = useNavigate()
  const { me } = signedInRoute.useRouteContext()
  const open = (event: MouseEvent, userId: string) => {
    const isControl = event.target instanceof Element && event.target.closest('a, button')
    if (isControl || getSelection()?.type === 'Range') return
    void navigate({ to: '/settings/team', search: { person: userId }, resetScroll: false })
  }
  return (
    <table aria-label={label} className="w-full table-fixed text-sm">
      <thead className={isNarrow ? 'sr-only' : ''}>
        <tr className="text-left text-xs text-faint">
          {(isNarrow ? ['Person'] : columns).map((name, index) => (
            <th
              key={name}
              scope="col"
              className={`h-8 border-b border-line px-2.5 font-medium ${widths[index] ?? ''}`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => {
          const isOwn = person.userId === me.userId
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the link in the row takes the keys
            <tr
              key={person.userId}
              aria-current={person.userId === openId || undefined}
              onClick={(event) => open(event, person.userId)}
              className="cursor-pointer hover:bg-hover has-[a:focus-visible]:bg-hover aria-[current]:bg-selected!"
            >
              {isNarrow ? (
                <NarrowCell person={person} isOwn={isOwn} />
              ) : (
                <WideCells person={person} isOwn={isOwn} />
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const columns = ['Person', 'Roles', 'State', 'Second factor', 'Last seen']
const widths = ['', 'w-[30%]', 'w-[116px]', 'w-[164px]', 'w-[116px]']

interface CellProps {
  readonly person: TeamPerson
  readonly isOwn: boolean
}

const cell = 'border-b border-line px-2.5 py-1.5'

function WideCells({ person, isOwn }: CellProps) {
  return (
    <>
      <td className={cell}>
        <Name person={person} isOwn={isOwn} />
        <span className="block truncate text-xs text-muted">{person.email}</span>
      </td>
      <td className={cell}>
        <RoleFlags roles={person.roles} />
      </td>
      <td className={cell}>
        <State person={person} />
      </td>
      <td className={cell}>
        <Factors person={person} />
      </td>
      <td className={`${cell} text-muted`}>
        <LastSeen person={person} />
      </td>
    </>
  )
}

function NarrowCell({ person, isOwn }: CellProps) {
  return (
    <td className={`${cell} py-2.5`}>
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1">
          <Name person={person} isOwn={isOwn} />
        </span>
        {person.state !== 'active' && <State person={person} />}
        {person.lacksFactor && person.state === 'active' && (
          <Flag tone="warn">No second factor</Flag>
        )}
      </span>
      <span className="mt-0.5 flex gap-2 text-xs text-muted">
        <span className="min-w-0 flex-1 truncate">{person.email}</span>
        <LastSeen person={person} />
      </span>
      <span className="mt-1.5 block empty:hidden">
        <RoleFlags roles={person.roles} />
      </span>
    </td>
  )
}

function Name({ person, isOwn }: CellProps) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/settings/team"
        search={{ person: person.userId }}
        resetScroll={false}
        className="min-w-0 truncate rounded-sm font-medium"
      >
        <bdi>{person.name}</bdi>
      </Link>
      {isOwn && <span className="flex-none text-xs text-faint">you</span>}
    </span>
  )
}

function State({ person: { state } }: { readonly person: TeamPerson }) {
  const { tone, word } = stateWords[state]
  return <Badge tone={tone}>{word}</Badge>
}

/** Where the roles force one and there is none, that is the one thing to see in the row. */
function Factors({ person }: { readonly person: TeamPerson }) {
  if (person.state === 'removed') return <span className="text-faint">—</span>
  if (person.lacksFactor) {
    return (
      <span
        {...tip(
          'Their roles ask for a second factor. Until they add one they can do nothing else.',
        )}
      >
        <Flag tone="warn">Missing</Flag>
      </span>
    )
  }
  const text = factorsText(person.factors)
  return text === null ? (
    <span className="text-faint">None</span>
  ) : (
    <span className="text-muted">{text}</span>
  )
}

function LastSeen({ person: { lastSeenAt } }: { readonly person: TeamPerson }) {
  return lastSeenAt === null ? (
    <span className="text-faint">Never</span>
  ) : (
    <Moment at={lastSeenAt} focusable={false} />
  )
}
