import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { SecondFactor, SignInMethod } from '@desk/shared/identity/session'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Flag } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Moment } from '../ui/moment.tsx'

/** Where one is signed in, and the way to end what one does not recognise. */
export function ProfileSessions() {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const { data: sessions } = useSuspenseQuery(api.profile.sessions.queryOptions())
  const onSettled = () => void queryClient.invalidateQueries(api.profile.sessions.queryFilter())
  const end = useMutation(
    api.profile.endSession.mutationOptions({
      onSuccess: () => announce('The session has ended'),
      onSettled,
    }),
  )
  const endOthers = useMutation(
    api.profile.endOtherSessions.mutationOptions({
      onSuccess: ({ ended }) =>
        announce(ended === 1 ? 'One session has ended' : `${ended} sessions have ended`),
      onSettled,
    }),
  )
  return (
    <Card
      title="Sessions"
      about="Each ends after two hours without use, and after twelve in any case."
      action={
        sessions.length > 1 && (
          <Button variant="danger" pending={endOthers.isPending} onClick={() => endOthers.mutate()}>
            End all others
          </Button>
        )
      }
    >
      <div className="mb-3 empty:hidden">
        <FaultLine error={end.error ?? endOthers.error} />
      </div>
      <ul className="-mx-5 -mb-4 border-t border-line">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-3 last:border-b-0"
          >
            <div className="min-w-0 flex-1 basis-64">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                {session.device}
                {session.isThis && <Flag tone="ok">This session</Flag>}
              </p>
              <p className="text-xs text-muted">
                {session.place}
                {session.address !== null && ` · ${session.address}`} · {wayWords(session)}
              </p>
              <p className="text-xs text-faint">
                Last used <Moment at={session.lastUsedAt} />, signed in{' '}
                <Moment at={session.signedInAt} />
              </p>
            </div>
            {!session.isThis && (
              <Button
                pending={end.isPending && end.variables.id === session.id}
                aria-label={`End session: ${session.device}`}
                onClick={() => end.mutate({ id: session.id })}
              >
                End session
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function wayWords({
  method,
  factor,
}: {
  readonly method: SignInMethod
  readonly factor: SecondFactor | null
}): string {
  return factor === null ? methodWords[method] : `${methodWords[method]} and ${factorWords[factor]}`
}

const methodWords = {
  password: 'password',
  single_sign_on: 'single sign-on',
  invitation: 'invitation',
  demo: 'demo',
} as const satisfies Record<SignInMethod, string>

const factorWords = {
  authenticator: 'authenticator app',
  passkey: 'passkey',
  recovery_code: 'recovery code',
} as const satisfies Record<SecondFactor, string>
