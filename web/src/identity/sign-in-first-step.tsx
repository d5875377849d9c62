import type { SubmitEvent } from 'react'
import { safeReturnPath } from '@desk/shared/identity/return-path'
import type { Greeting } from '@desk/shared/identity/session'
import { Button, buttonClass } from '../ui/button.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextField } from '../ui/text-field.tsx'
import { signIn } from './auth-requests.ts'
import { RefusalNotice } from './refusal-notice.tsx'
import type { SignInAttempt } from './use-sign-in.ts'

/** Password, single sign-on or both, as Desk was set up. */
export function SignInFirstStep({ entry, ways }: SignInFirstStepProps) {
  const { fault, email, pending, returnTo } = entry
  const isWrong = fault?.code === 'credentials_wrong'
  // What went wrong at the provider is not about the fields below it.
  const isElsewhere = fault !== null && (!ways.password || fault.code.startsWith('sso_'))
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = event.currentTarget.elements
    const form = new FormData(event.currentTarget)
    const as = textIn(form, 'email')
    await entry.attempt(as, signIn(as, textIn(form, 'password')))
    // What was wrong is typed anew, whichever of the two it was.
    const password = fields.namedItem('password')
    if (!(password instanceof HTMLInputElement)) return
    password.focus()
    password.select()
  }
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Sign in</h1>
      {isElsewhere && (
        <div className="mb-4">
          <RefusalNotice refusal={fault} />
        </div>
      )}
      {ways.password && (
        <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
          <TextField
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={email}
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
          {fault && !isWrong && !isElsewhere && <RefusalNotice refusal={fault} />}
          <Button type="submit" variant="primary" size="lg" pending={pending !== null}>
            {pending === null ? 'Sign in' : 'Signing in…'}
          </Button>
        </form>
      )}
      {ways.password && ways.singleSignOn && (
        <p className="my-3 flex items-center gap-3 text-xs text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          or
        </p>
      )}
      {ways.singleSignOn && (
        <a
          href={`/api/auth/sso/start?returnTo=${encodeURIComponent(safeReturnPath(returnTo))}`}
          className={`${buttonClass({ variant: ways.password ? 'secondary' : 'primary', size: 'lg' })} w-full`}
        >
          Continue with {ways.singleSignOn.label}
        </a>
      )}
    </>
  )
}

interface SignInFirstStepProps {
  readonly entry: SignInAttempt
  readonly ways: Greeting['signIn']
}
