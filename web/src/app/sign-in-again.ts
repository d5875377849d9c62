import { useRouter } from '@tanstack/react-router'

/** Leads to the sign-in page and back to the same address. */
export function useSignInAgain(): () => Promise<void> {
  const router = useRouter()
  return () => router.navigate({ to: '/sign-in', search: { returnTo: router.latestLocation.href } })
}
