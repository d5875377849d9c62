import { useMutation, useQuery } from '@tanstack/react-query'
import type { PendingWork, TeamPerson } from '@desk/shared/identity/team'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useTeamChanged } from './team-queries.ts'
import { counted, pendingText } from './team-words.ts'

/** Says what ends with a person's stay before it does, and afterwards what did. */
export function DepartureDialog({ what, person, onClose }: DepartureDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useTeamChanged()
  const disable = useMutation(api.team.disable.mutationOptions({ onSettled }))
  const remove = useMutation(api.team.remove.mutationOptions({ onSettled }))
  const leave = what === 'disable' ? disable : remove
  const { userId, name } = person
  // What will end is asked when the dialog opens, not taken from before.
  const leaving = useQuery({
    ...api.team.leaving.queryOptions({ userId }, { staleTime: 0 }),
    enabled: leave.isIdle,
  })
  const { asking, done, consequence, verb } = words[what]

  if (leave.isSuccess) {
    return (
      <Dialog
        title={`${name} ${done}`}
        description={`${counted(leave.data.endedSessions, 'session')} ended at once.`}
        onClose={onClose}
        actions={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <Pending
          title="Voided"
          none="Nothing was waiting in their name."
          pending={leave.data.voided}
        />
      </Dialog>
    )
  }
  return (
    <Dialog
      title={`${asking} ${name}?`}
      description={person.email}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            pending={leave.isPending}
            onClick={() => leave.mutate({ userId })}
          >
            {verb}
          </Button>
        </>
      }
    >
      <p>{consequence}</p>
      {leaving.data ? (
        <>
          <p>
            {leaving.data.sessions === 0
              ? 'They have no open session.'
              : `${counted(leaving.data.sessions, 'open session')} of theirs will end at once.`}
          </p>
          <Pending
            title="What waits in their name will be voided"
            none="Nothing waits in their name."
            pending={leaving.data.pending}
          />
        </>
      ) : leaving.isError ? (
        <p className="text-muted">
          What would end with it could not be read. It will be listed afterwards.
        </p>
      ) : (
        <Skeleton className="h-5 w-64" />
      )}
      <FaultLine error={leave.error} />
    </Dialog>
  )
}

interface DepartureDialogProps {
  readonly what: keyof typeof words
  readonly person: TeamPerson
  readonly onClose: () => void
}

const words = {
  disable: {
    asking: 'Disable',
    done: 'is disabled',
    consequence: 'They cannot sign in until somebody enables them again. Their roles stay.',
    verb: 'Disable person',
  },
  remove: {
    asking: 'Remove',
    done: 'is removed',
    consequence:
      'They lose their roles, their password and their second factors for good. Their name stays in the history, and their address can be invited again.',
    verb: 'Remove person',
  },
} as const

function Pending({ title, none, pending }: PendingProps) {
  if (pending.length === 0) return <p>{none}</p>
  return (
    <div>
      <p className="font-medium">{title}:</p>
      <ul className="mt-1 list-disc pl-5 text-muted">
        {pending.map((work) => (
          <li key={`${work.kind} ${work.label}`} className="break-words">
            {pendingText(work)}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface PendingProps {
  readonly title: string
  /** Said instead where there is nothing. */
  readonly none: string
  readonly pending: readonly PendingWork[]
}
