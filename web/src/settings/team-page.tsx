import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TeamInvitations } from './team-invitations.tsx'
import { TeamPeople } from './team-people.tsx'
import { TeamSkeleton } from './team-skeleton.tsx'
import { keepTeamSearch, teamRoute } from './team.route.tsx'
import { counted } from './team-words.ts'

const InviteDialog = lazy(async () => ({
  default: (await import('./team-invite-dialog.tsx')).InviteDialog,
}))
const OpenPerson = lazy(async () => ({
  default: (await import('./team-open-person.tsx')).OpenPerson,
}))

/** Who works with this Desk, as what, and who is on their way in. */
export function TeamPage() {
  // The router leaves what the route did not keep in its search, such as an empty text or a list.
  const { person } = keepTeamSearch({ ...teamRoute.useSearch() })
  const navigate = teamRoute.useNavigate()
  const { api } = signedInRoute.useRouteContext()
  const readBlock = usePermissionBlock('people:read')
  const writeBlock = usePermissionBlock('people:write')
  const [isInviting, setInviting] = useState(false)
  const team = useQuery({ ...api.team.list.queryOptions(), enabled: readBlock === null })
  const title = <title>Team · SpacePay Desk</title>

  if (readBlock !== null) {
    return (
      <>
        {title}
        <EmptyState heading="h1" title="The team is not among your roles">
          {readBlock}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      {title}
      <PageHeader
        title="Team"
        state={
          team.data ? stateText(team.data) : team.isPending && <Skeleton className="h-5 w-64" />
        }
        actions={
          <GuardedButton block={writeBlock} variant="primary" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden className="size-4" strokeWidth={1.7} />
            Invite a person
          </GuardedButton>
        }
      />
      {team.data ? (
        <>
          <TeamPeople people={team.data.people} openId={person ?? null} />
          <TeamInvitations invitations={team.data.invitations} block={writeBlock} />
        </>
      ) : team.isPending ? (
        <TeamSkeleton />
      ) : (
        <TeamFault error={team.error} onRetry={() => void team.refetch()} />
      )}
      <Suspense>
        {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
        {person !== undefined && team.data && (
          <OpenPerson
            key={person}
            userId={person}
            people={team.data.people}
            onClose={() => void navigate({ search: {}, resetScroll: false })}
          />
        )}
      </Suspense>
    </>
  )
}

type Team = Parameters<typeof TeamPeople>[0] &
  Pick<Parameters<typeof TeamInvitations>[0], 'invitations'>

function stateText({ people, invitations }: Pick<Team, 'people' | 'invitations'>): string {
  const here = people.filter(({ state }) => state === 'active')
  const lacking = here.filter(({ lacksFactor }) => lacksFactor).length
  const open = invitations.filter(({ state }) => state === 'open').length
  return [
    here.length === 1 ? '1 person' : `${here.length} people`,
    ...(open > 0 ? [`${counted(open, 'invitation')} open`] : []),
    ...(lacking > 0 ? [`${lacking} without the second factor they need`] : []),
  ].join(' · ')
}

function TeamFault({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const fault = readFault(error)
  return (
    <div className="max-w-2xl">
      <ErrorPanel
        title="The team could not be read"
        cause={
          fault.kind === 'unreachable'
            ? 'The connection to Desk was lost, or Desk is restarting.'
            : fault.kind === 'forbidden'
              ? fault.message
              : 'A fault in Desk kept the team from being read.'
        }
        wayOut="Nothing was changed. Try again in a moment."
        reference={fault.reference}
        action={<Button onClick={onRetry}>Try again</Button>}
      />
    </div>
  )
}
