import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { safeReturnPath } from '@desk/shared/identity/return-path'
import type { AuthOutcome, AuthRefusal, SecondStepWay } from './auth-requests.ts'
import { singleSignOnFault } from './single-sign-on-fault.ts'

const route = getRouteApi('/sign-in')

export type SignInAttempt = ReturnType<typeof useSignIn>

/**
 * How far somebody is with signing in. `pending` is the e-mail being tried, so that only its button
 * shows it; `ways` is null until the second factor is asked for.
 */
export function useSignIn() {
  const { returnTo, fault: singleSignOn, next } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [email, setEmail] = useState('')
  const [pending, setPending] = useState<string | null>(null)
  const [fault, setFault] = useState<AuthRefusal | null>(() => singleSignOnFault(singleSignOn))
  // After single sign-on only Desk knows which ways there are; the form offers all and Desk judges.
  const [ways, setWays] = useState<readonly SecondStepWay[] | null>(
    next === 'second_factor' ? ['authenticator', 'passkey', 'recovery_code'] : null,
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
  return { email, pending, fault, ways, returnTo, enter, attempt, startAgain }
}
