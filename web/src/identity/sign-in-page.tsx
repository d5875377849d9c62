import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'
import { Brand } from '../app/brand.tsx'
import { EnvironmentBadge } from '../app/environment-badge.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/panel.tsx'
import { TextField } from '../ui/text-field.tsx'
import { DemoPeople } from './demo-people.tsx'
import { safeReturnPath } from './return-path.ts'
import { signIn, type SignInOutcome } from './session-requests.ts'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const greeting = route.useLoaderData()
  const { pending, fault, attempt } = useSignIn()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void attempt(textIn(form, 'email'), textIn(form, 'password'))
  }
  return (
    <main className="grid min-h-full place-items-center overflow-auto px-4 py-10">
      <title>Sign in · SpacePay Desk</title>
      <div className="w-full max-w-[400px]">
        <div className="mb-6 flex items-center justify-between">
          <Brand />
          <EnvironmentBadge environment={greeting.environment} />
        </div>
        <section className="rounded-lg border border-line bg-surface p-6">
          <h1 className="mb-4 text-xl font-semibold tracking-tight">Sign in</h1>
          <form className="flex flex-col gap-4" onSubmit={submit}>
            <TextField label="E-mail" name="email" type="email" autoComplete="username" required />
            <TextField
              label="Password"
              name="password"
              type="password"
              autoComplete="current-password"
              required
              error={fault?.outcome === 'wrong' ? faultText(fault) : undefined}
            />
            {fault && fault.outcome !== 'wrong' && (
              <div role="alert">
                <Notice tone={fault.outcome === 'held_back' ? 'warn' : 'bad'}>
                  {faultText(fault)}
                </Notice>
              </div>
            )}
            <Button type="submit" variant="primary" size="lg" pending={pending !== null}>
              {pending === null ? 'Sign in' : 'Signing in…'}
            </Button>
          </form>
        </section>
        {greeting.demo && <DemoPeople demo={greeting.demo} pending={pending} onChoose={attempt} />}
      </div>
    </main>
  )
}

type Fault = Exclude<SignInOutcome, { outcome: 'signed_in' }>

/** `pending` is the e-mail being tried, so that only its button shows it. */
function useSignIn() {
  const { returnTo } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [pending, setPending] = useState<string | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const attempt = async (email: string, password: string) => {
    setPending(email)
    setFault(null)
    const result = await signIn(email, password)
    if (result.outcome === 'signed_in') {
      // Nothing that another person was shown may be shown to this one.
      queryClient.clear()
      await router.navigate({ href: safeReturnPath(returnTo), replace: true })
    } else {
      setFault(result)
    }
    setPending(null)
  }
  return { pending, fault, attempt }
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function faultText(fault: Fault): string {
  if (fault.outcome === 'wrong') return 'E-mail or password is wrong.'
  if (fault.outcome === 'held_back') return `Too many attempts. ${waitText(fault.waitSeconds)}`
  if (fault.outcome === 'refused') return fault.message
  return 'Desk does not answer. Check your connection, then try again.'
}

function waitText(seconds: number | null): string {
  if (seconds === null) return 'Wait a while before you try again.'
  if (seconds < 60) return `Try again in ${seconds} seconds.`
  const minutes = Math.ceil(seconds / 60)
  return `Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
}
