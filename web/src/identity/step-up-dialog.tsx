import { useQuery } from '@tanstack/react-query'
import { useLocation, useRouteContext } from '@tanstack/react-router'
import type { StepUpWay } from '@desk/shared/identity/session'
import { useEffect, useEffectEvent, useState } from 'react'
import { useSignInAgain } from '../app/sign-in-again.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { AuthRefusal } from './auth-requests.ts'
import { DemoCodeHint } from './demo-code-hint.tsx'
import { ProofForm, type ProofWay } from './proof-form.tsx'

/** "Is it still you?": asked before what moves people, policy, secrets or money, at most every five minutes. */
export function StepUpDialog({ onSettled }: { readonly onSettled: (isProved: boolean) => void }) {
  const { api } = useRouteContext({ from: '__root__' })
  const me = useQuery(api.identity.me.queryOptions()).data
  const greeting = useQuery(api.identity.greeting.queryOptions()).data
  const [end, setEnd] = useState<AuthRefusal | null>(null)
  const giveUp = () => onSettled(false)
  useGiveUpWhenSignedOut(giveUp)
  const ways = proofWays(me?.stepUpWays ?? [])
  return (
    <Dialog
      title="Confirm that it is you"
      description="What you are about to do asks for fresh proof, at most every five minutes."
      onClose={giveUp}
    >
      {!me && <Skeleton className="h-28 w-full" />}
      {me && (end !== null || ways.length === 0) && (
        <SignInAgain
          why={end?.message ?? 'You have no second factor in Desk: sign in again to confirm.'}
          onGiveUp={giveUp}
        />
      )}
      {me && end === null && ways.length > 0 && (
        <>
          {greeting?.demo && <DemoCodeHint email={me.email} />}
          <ProofForm
            where="step-up"
            ways={ways}
            verb="Confirm"
            onProved={() => onSettled(true)}
            onRefused={setEnd}
            onCancel={giveUp}
          />
        </>
      )}
    </Dialog>
  )
}

function SignInAgain({ why, onGiveUp }: { readonly why: string; readonly onGiveUp: () => void }) {
  const signInAgain = useSignInAgain()
  return (
    <>
      <p role="alert">{why}</p>
      <p className="text-muted">
        You come back to this page. Then start once more with what you were about to do.
      </p>
      <DialogFoot isInBody>
        <Button onClick={onGiveUp}>Cancel</Button>
        <Button
          variant="primary"
          onClick={() => {
            onGiveUp()
            void signInAgain()
          }}
        >
          Sign in again
        </Button>
      </DialogFoot>
    </>
  )
}

/** A session that ends meanwhile leads to the sign-in page, where there is nothing left to confirm. */
function useGiveUpWhenSignedOut(giveUp: () => void): void {
  const isOut = useLocation({ select: ({ pathname }) => pathname === '/sign-in' })
  const leave = useEffectEvent(giveUp)
  // What waits for the answer is outside of React.
  useEffect(() => {
    if (isOut) leave()
  }, [isOut])
}

function proofWays(ways: readonly StepUpWay[]): readonly ProofWay[] {
  return ways.flatMap((way): ProofWay[] => {
    if (way === 'code') return ['authenticator', 'recovery_code']
    return way === 'sign_in' ? [] : [way]
  })
}
