import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { Button, buttonClass } from '../ui/button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AcceptInvitation } from './accept-invitation.tsx'
import { type AuthRefusal, lookAtInvitation } from './auth-requests.ts'
import { isInvitationClosed } from './invitation-closed.ts'
import { InvitationDoor } from './invitation-door.tsx'

/** What the link of an invitation opens: says to what, and makes the person. */
export function InvitationPage() {
  const token = useLinksToken()
  if (token === '') return <NotOpen title="Open your link again" message={noToken} />
  return <Invitation key={token} token={token} />
}

function Invitation({ token }: { readonly token: string }) {
  const [refusal, setRefusal] = useState<AuthRefusal | null>(null)
  const { data: look, ...looking } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => lookAtInvitation(token),
    staleTime: 'static',
    gcTime: 0,
  })
  if (!look) {
    return (
      <InvitationDoor>
        <div aria-busy className="flex flex-col gap-3">
          <Skeleton className="h-6 w-48" />
          <Skeleton className="h-10 w-full" />
          <Skeleton className="h-10 w-full" />
        </div>
      </InvitationDoor>
    )
  }
  const closed = refusal ?? (look.outcome === 'refused' ? look.refusal : null)
  if (look.outcome === 'open' && closed === null) {
    return <AcceptInvitation token={token} invitation={look.invitation} onClosed={setRefusal} />
  }
  if (closed !== null && !isInvitationClosed(closed.code)) {
    return (
      <NotOpen title="This link could not be looked up" message={closed.message}>
        <Button
          variant="primary"
          size="lg"
          pending={looking.isFetching}
          onClick={() => void looking.refetch()}
        >
          Try again
        </Button>
      </NotOpen>
    )
  }
  return <NotOpen title="This link does not open Desk" message={closed?.message ?? noToken} />
}

interface NotOpenProps {
  readonly title: string
  readonly message: string
  readonly children?: ReactNode
}

function NotOpen({ title, message, children }: NotOpenProps) {
  return (
    <InvitationDoor>
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <p role="alert" className="mt-2 mb-4 text-sm text-muted">
        {message}
      </p>
      <div className="flex flex-wrap gap-2">
        {children}
        <a href="/sign-in" className={buttonClass({ size: 'lg' })}>
          Go to sign-in
        </a>
      </div>
    </InvitationDoor>
  )
}

/**
 * What stands behind the `#`, which leaves the address bar at once: whoever looks over a shoulder, or at
 * the history later, finds no link that still works. A second link pasted into the same tab counts too.
 */
function useLinksToken(): string {
  const [token, setToken] = useState(tokenInAddress)
  // The address bar is the outside system.
  useEffect(() => {
    const take = () => {
      const found = tokenInAddress()
      if (found === '') return
      setToken(found)
      window.history.replaceState(window.history.state, '', window.location.pathname)
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return token
}

function tokenInAddress(): string {
  return window.location.hash.slice(1)
}

const noToken =
  'The link of an invitation is read once and then leaves the address bar. Open it again from the message it came with.'
