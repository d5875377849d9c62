import { redirect } from '@tanstack/react-router'
import { farewellState } from './farewell.ts'
import { readFault } from './fault.ts'
import type { DeskContext } from './root-route.tsx'

/** Asked once and together, so that both travel in one request and later navigation waits for nothing. */
export async function whoAndWhere({ api, queryClient }: DeskContext) {
  const [me, greeting] = await Promise.all([
    queryClient.query(
      api.identity.me.queryOptions(undefined, {
        staleTime: 'static',
        meta: { signedOutIsAnAnswer: true },
      }),
    ),
    queryClient.query(api.identity.greeting.queryOptions(undefined, { staleTime: 'static' })),
  ])
  return { me, greeting }
}

/** Whoever is signed out is led to the sign-in page, which says why and leads back to `href`. */
export async function orSignIn<T>(asked: Promise<T>, href: string): Promise<T> {
  try {
    return await asked
  } catch (error) {
    const { kind, message } = readFault(error)
    if (kind !== 'signed_out') throw error
    throw redirect({
      to: '/sign-in',
      search: { returnTo: href },
      replace: true,
      state: farewellState(message),
    })
  }
}
