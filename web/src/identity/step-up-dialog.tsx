import { useQuery } from '@tanstack/react-query'
import { useRouteContext } from '@tanstack/react-router'
import type { StepUpWay } from '@desk/shared/identity/session'
import { useState } from 'react'
import { useSignInAgain } from '../app/sign-in-again.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/panel.tsx'
import type { AuthRefusal } from './auth-requests.ts'
import { ProofForm, type ProofWay } from './proof-form.tsx'

/** "Is it still you?": asked before what moves people, policy, secrets or money, at most every five minutes. */
export function StepUpDialog({ onSettled }: { readonly onSettled: (isProved: boolean) => void }) {
  const { api } = useRouteContext({ from: '__root__' })
  const me = useQuery(api.identity.me.queryOptions()).data
  const greeting = useQuery(api.identity.greeting.queryOptions()).data
  const signInAgain = useSignInAgain()
  const [end, setEnd] = useState<AuthRefusal | null>(null)
  const ways = proofWays(me?.stepUpWays ?? [])
  return (
    <Dialog
      title="Confirm that it is you"
      description="This changes who may do what, or moves money. You are asked at most every five minutes."
      onClose={() => onSettled(false)}
      actions={<Button onClick={() => onSettled(false)}>Cancel</Button>}
    >
      {end && (
        <div role="alert">
          <Notice tone="bad">{end.message}</Notice>
        </div>
      )}
      {ways.length === 0 || end ? (
        <>
          <p>
            You sign in through your identity provider and have no second factor here. Sign in
            again; what you were about to do waits for you.
          </p>
          <Button variant="primary" size="lg" onClick={() => void signInAgain()}>
            Sign in again
          </Button>
        </>
      ) : (
        <ProofForm
          where="step-up"
          ways={ways}
          verb="Confirm"
          onProved={() => onSettled(true)}
          onRefused={setEnd}
        />
      )}
      {greeting?.demo && me && (
        <p className="text-xs text-muted">
          Demo: <code className="rounded-sm bg-sunken px-1">pnpm demo:code {me.email}</code> prints
          the code.
        </p>
      )}
    </Dialog>
  )
}

function proofWays(ways: readonly StepUpWay[]): readonly ProofWay[] {
  return ways.flatMap((way): ProofWay[] => {
    if (way === 'code') return ['authenticator', 'recovery_code']
    return way === 'sign_in' ? [] : [way]
  })
}
