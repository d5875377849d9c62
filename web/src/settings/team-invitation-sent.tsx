import { useQuery } from '@tanstack/react-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ClockText } from '../ui/moment.tsx'

/** How the link reaches the person: by mail, or by hand, and then it is shown here and never again. */
export function InvitationSent({ invited, name, email, onClose }: InvitationSentProps) {
  const { api } = signedInRoute.useRouteContext()
  const { data: team } = useQuery(api.team.list.queryOptions())
  const { id, link } = invited
  const expiresAt = team?.invitations.find((open) => open.id === id)?.expiresAt
  return (
    <Dialog
      title={link === null ? `Invitation on its way to ${name}` : `Give this link to ${name}`}
      description={
        <>
          {link === null
            ? `Desk mails a link to ${email}. It works once.`
            : `It works once, and only for ${email}.`}
          {expiresAt !== undefined && (
            <>
              {' It expires '}
              <ClockText at={expiresAt} />.
            </>
          )}
        </>
      }
      onClose={onClose}
      actions={
        <Button variant={link === null ? 'primary' : 'secondary'} onClick={onClose}>
          Done
        </Button>
      }
    >
      {link !== null && (
        <>
          <p className="rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-xs leading-5 break-all select-all">
            {link}
          </p>
          <div className="flex flex-wrap items-center gap-3">
            <CopyButton text={link} label="Copy link" />
            <p className="min-w-0 flex-1 basis-48 text-xs text-muted">
              Desk will not show it again. If it gets lost, make a new one under Invitations.
            </p>
          </div>
        </>
      )}
    </Dialog>
  )
}

interface InvitationSentProps {
  readonly invited: { readonly id: string; readonly link: string | null }
  readonly name: string
  readonly email: string
  readonly onClose: () => void
}
