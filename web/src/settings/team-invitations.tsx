import { lazy, Suspense, useState } from 'react'
import type { TeamInvitation } from '@desk/shared/identity/team'
import { Flag } from '../ui/badge.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { ClockText, Moment } from '../ui/moment.tsx'
import { RoleFlags } from './role-flags.tsx'

const RenewDialog = lazy(async () => ({
  default: (await import('./team-invitation-dialogs.tsx')).RenewDialog,
}))
const WithdrawDialog = lazy(async () => ({
  default: (await import('./team-invitation-dialogs.tsx')).WithdrawDialog,
}))

/** Who was invited and has not joined yet. */
export function TeamInvitations({ invitations, block }: TeamInvitationsProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  return (
    <section className="mt-8" aria-labelledby="invitations">
      <h2 id="invitations" className="text-md font-semibold">
        Invitations
      </h2>
      {invitations.length === 0 ? (
        <p className="mt-1 text-sm text-muted">
          Nobody is on their way in. Whoever you invite stands here until they join.
        </p>
      ) : (
        <ul className="mt-2 border-t border-line">
          {invitations.map((invitation) => (
            <li
              key={invitation.id}
              className="grid items-center gap-y-2 border-b border-line py-2 text-sm *:px-2.5 md:grid-cols-[minmax(0,1fr)_30%_204px_192px]"
            >
              <div className="min-w-0">
                <p className="truncate font-medium">
                  <bdi>{invitation.name}</bdi>
                </p>
                <p className="truncate text-xs text-muted">{invitation.email}</p>
              </div>
              <div className="min-w-0">
                <RoleFlags roles={invitation.roles} />
              </div>
              <p className="min-w-0 text-xs text-muted">
                <Expiry invitation={invitation} />
                <span className="block truncate">
                  {invitation.isMailed ? 'Mailed' : 'Made'} by {invitation.invitedBy},{' '}
                  <Moment at={invitation.createdAt} />
                </span>
              </p>
              <div className="flex gap-2 md:justify-end">
                <GuardedButton
                  block={block}
                  aria-label={`${invitation.isMailed ? 'Send again' : 'New link'} for ${invitation.email}`}
                  onClick={() => setAsked({ what: 'renew', invitation })}
                >
                  {invitation.isMailed ? 'Send again' : 'New link'}
                </GuardedButton>
                <GuardedButton
                  block={block}
                  variant="danger"
                  aria-label={`Withdraw the invitation for ${invitation.email}`}
                  onClick={() => setAsked({ what: 'withdraw', invitation })}
                >
                  Withdraw
                </GuardedButton>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Suspense>
        {asked?.what === 'renew' && <RenewDialog invitation={asked.invitation} onClose={close} />}
        {asked?.what === 'withdraw' && (
          <WithdrawDialog invitation={asked.invitation} onClose={close} />
        )}
      </Suspense>
    </section>
  )
}

interface TeamInvitationsProps {
  readonly invitations: readonly TeamInvitation[]
  /** Why the reader may not change them, or null. */
  readonly block: string | null
}

interface Asked {
  readonly what: 'renew' | 'withdraw'
  readonly invitation: TeamInvitation
}

function Expiry({ invitation: { state, expiresAt } }: { readonly invitation: TeamInvitation }) {
  if (state === 'expired') {
    return (
      <span className="mb-0.5 flex items-center gap-1.5">
        <Flag tone="warn">Expired</Flag> <Moment at={expiresAt} />
      </span>
    )
  }
  return (
    <span className="block">
      Expires <ClockText at={expiresAt} />
    </span>
  )
}
