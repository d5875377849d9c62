import { getRouteApi, useLocation } from '@tanstack/react-router'
import { Notice } from '../ui/panel.tsx'
import { type SecondStepWay, signInToDemo } from './auth-requests.ts'
import { DemoCodeHint } from './demo-code-hint.tsx'
import { DemoPeople } from './demo-people.tsx'
import { FrontDoor } from './front-door.tsx'
import { ProofForm } from './proof-form.tsx'
import { SignInFirstStep } from './sign-in-first-step.tsx'
import { type SignInAttempt, useSignIn } from './use-sign-in.ts'

const route = getRouteApi('/sign-in')

/** Password or single sign-on, then the second factor of whoever has one. */
export function SignInPage() {
  const { environment, demo, signIn } = route.useLoaderData()
  const farewell = useLocation({ select: ({ state }) => state.farewell })
  const entry = useSignIn()
  const { ways, fault, email, pending } = entry
  return (
    <FrontDoor
      title="Sign in"
      environment={environment}
      before={
        farewell !== undefined &&
        fault === null &&
        ways === null && (
          <output className="mb-4 block">
            <Notice tone="warn">{farewell}</Notice>
          </output>
        )
      }
      after={
        demo &&
        ways === null && (
          <DemoPeople
            demo={demo}
            pending={pending}
            onChoose={(as) => entry.attempt(as, signInToDemo(as))}
          />
        )
      }
    >
      {ways === null ? (
        <SignInFirstStep entry={entry} ways={signIn} />
      ) : (
        <SecondStep entry={entry} ways={ways} demoEmail={demo && email !== '' ? email : null} />
      )}
    </FrontDoor>
  )
}

function SecondStep({ entry, ways, demoEmail }: SecondStepProps) {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Second factor</h1>
      <p className="mt-1 mb-4 text-sm text-muted">One more step, to make sure that it is you.</p>
      {demoEmail !== null && (
        <div className="mb-4">
          <DemoCodeHint email={demoEmail} />
        </div>
      )}
      <ProofForm
        where="sign-in"
        ways={ways}
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
  )
}

interface SecondStepProps {
  readonly entry: SignInAttempt
  readonly ways: readonly SecondStepWay[]
  /** Whose code the hint of the demo names. */
  readonly demoEmail: string | null
}
