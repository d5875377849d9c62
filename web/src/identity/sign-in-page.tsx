import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useLocation, useRouter } from '@tanstack/react-router'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { Brand } from '../app/brand.tsx'
import { EnvironmentBadge } from '../app/environment-badge.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { textIn } from '../ui/form-text.ts'
import { Notice } from '../ui/panel.tsx'
import { TextField } from '../ui/text-field.tsx'
import {
  type AuthOutcome,
  type AuthRefusal,
  type SecondStepWay,
  signIn,
  signInToDemo,
} from './auth-requests.ts'
import { DemoPeople } from './demo-people.tsx'
import { ProofForm } from './proof-form.tsx'
import { safeReturnPath } from '@desk/shared/identity/return-path'
import { singleSignOnFault } from './single-sign-on-fault.ts'

const route = getRouteApi('/sign-in')

/** Password or single sign-on, then the second factor of whoever has one. */
export function SignInPage() {
  const greeting = route.useLoaderData()
  const search = route.useSearch()
  const farewell = useLocation({ select: ({ state }) => state.farewell })
  const entry = useSignIn(search.next === 'second_factor')
  return (
    <main className="grid min-h-full place-items-center overflow-auto px-4 py-10">
      <title>Sign in · SpacePay Desk</title>
      <div className="w-full max-w-[400px]">
        <div className="mb-6 flex items-center justify-between">
          <Brand />
          <EnvironmentBadge environment={greeting.environment} />
        </div>
        {farewell !== undefined && entry.fault === null && entry.ways === null && (
          <output className="mb-4 block">
            <Notice tone="warn">{farewell}</Notice>
          </output>
        )}
        <section className="rounded-lg border border-line bg-surface p-6">
          {entry.ways === null ? (
            <FirstStep
              entry={entry}
              fault={entry.fault ?? singleSignOnFault(search.fault)}
              signIn={greeting.signIn}
              returnTo={safeReturnPath(search.returnTo)}
            />
          ) : (
            <>
              <h1 className="text-xl font-semibold tracking-tight">Second factor</h1>
              <p className="mb-4 text-sm text-muted">
                One more step, so that a password alone opens nothing.
              </p>
              <ProofForm
                where="sign-in"
                ways={entry.ways}
                verb="Sign in"
                onProved={() => void entry.enter()}
                onRefused={entry.startAgain}
              />
              <button
                type="button"
                onClick={() => entry.startAgain(null)}
                className="mt-4 min-h-6 rounded-sm text-sm text-muted hover:text-text hover:underline"
              >
                Sign in as somebody else
              </button>
            </>
          )}
        </section>
        {greeting.demo && entry.ways === null && (
          <DemoPeople
            demo={greeting.demo}
            pending={entry.pending}
            onChoose={(email) => entry.attempt(email, signInToDemo(email))}
          />
        )}
      </div>
    </main>
  )
}

type Entry = ReturnType<typeof useSignIn>

interface FirstStepProps {
  readonly entry: Entry
  readonly fault: Pick<AuthRefusal, 'code' | 'message'> | null
  readonly signIn: {
    readonly password: boolean
    readonly singleSignOn: { readonly label: string } | null
  }
  readonly returnTo: string
}

function FirstStep({ entry, fault, signIn: ways, returnTo }: FirstStepProps) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const email = textIn(form, 'email')
    void entry.attempt(email, signIn(email, textIn(form, 'password')))
  }
  const isWrong = fault?.code === 'credentials_wrong'
  const notice: ReactNode = fault && !isWrong && (
    <div role="alert">
      <Notice tone={fault.code === 'held_back' ? 'warn' : 'bad'}>{fault.message}</Notice>
    </div>
  )
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Sign in</h1>
      {!ways.password && notice}
      {ways.password && (
        <form className="flex flex-col gap-4" onSubmit={submit}>
          <TextField
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={entry.email}
            required
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            error={isWrong ? fault.message : undefined}
          />
          {notice}
          <Button type="submit" variant="primary" size="lg" pending={entry.pending !== null}>
            {entry.pending === null ? 'Sign in' : 'Signing in…'}
          </Button>
        </form>
      )}
      {ways.singleSignOn && (
        <a
          href={`/api/auth/sso/start?returnTo=${encodeURIComponent(returnTo)}`}
          className={`${buttonClass({ variant: ways.password ? 'secondary' : 'primary', size: 'lg' })} mt-4 w-full`}
        >
          Continue with {ways.singleSignOn.label}
        </a>
      )}
    </>
  )
}

/** `pending` is the e-mail being tried, so that only its button shows it. */
function useSignIn(isHalfWay: boolean) {
  const { returnTo } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [email, setEmail] = useState('')
  const [pending, setPending] = useState<string | null>(null)
  const [fault, setFault] = useState<AuthRefusal | null>(null)
  // After single sign-on only Desk knows which ways there are; the form offers all and Desk judges.
  const [ways, setWays] = useState<readonly SecondStepWay[] | null>(
    isHalfWay ? ['authenticator', 'passkey', 'recovery_code'] : null,
  )
  const enter = async () => {
    // Nothing that another person was shown may be shown to this one.
    queryClient.clear()
    await router.navigate({ href: safeReturnPath(returnTo), replace: true })
  }
  const attempt = async (as: string, request: Promise<AuthOutcome>) => {
    setEmail(as)
    setPending(as)
    setFault(null)
    const result = await request
    if (result.outcome === 'done') await enter()
    else if (result.outcome === 'second_factor') setWays(result.ways)
    else setFault(result.refusal)
    setPending(null)
  }
  const startAgain = (refusal: AuthRefusal | null) => {
    setWays(null)
    setFault(refusal)
  }
  return { email, pending, fault, ways, enter, attempt, startAgain }
}
