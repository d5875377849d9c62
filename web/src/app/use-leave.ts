import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { signOut } from '../identity/auth-requests.ts'
import { toast } from '../ui/toast.tsx'
import type { DeskRouter } from './router.tsx'

export function useLeave(): () => Promise<void> {
  const router = useRouter()
  const queryClient = useQueryClient()
  return () => leave({ router, queryClient })
}

/** Signs out. Ends the session at Desk first: clearing the screen alone would leave the cookie valid. */
export async function leave({ router, queryClient }: LeaveParts): Promise<void> {
  if (!(await signOut())) {
    toast({
      title: 'You are still signed in',
      detail: 'Desk did not answer. Check your connection and sign out again.',
      tone: 'bad',
    })
    return
  }
  await router.navigate({ to: '/sign-in', search: {} })
  queryClient.clear()
}

interface LeaveParts {
  readonly router: DeskRouter
  readonly queryClient: QueryClient
}
