import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { type Fault, readFault } from './fault.ts'

/** Stands where a screen could not be drawn; everything around it goes on working. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const fault = readFault(error)
  const { title, cause, wayOut } = words[fault.kind]
  const retry = async () => {
    reset()
    await router.invalidate()
  }
  return (
    <div className="mx-auto max-w-2xl px-6 py-12">
      <title>{`${title} · SpacePay Desk`}</title>
      <ErrorPanel
        heading="h1"
        title={title}
        cause={cause === '' ? fault.message : cause}
        wayOut={wayOut}
        reference={fault.reference}
        action={<Button onClick={() => void retry()}>Try again</Button>}
      />
    </div>
  )
}

const words = {
  unreachable: {
    title: 'Desk does not answer',
    cause: 'The connection to Desk was lost, or Desk is restarting.',
    wayOut: 'Nothing was changed. Check your connection, then try again.',
  },
  signed_out: {
    title: 'You are signed out',
    cause: 'Your session has ended.',
    wayOut: 'Nothing was changed. Load the page again to sign in; the address stays the same.',
  },
  forbidden: {
    title: 'Not among your roles',
    cause: 'Your roles do not include this screen.',
    wayOut: 'An admin can change your roles; the change counts from the next click on.',
  },
  not_found: {
    title: 'Not found',
    cause: 'What this address names is not known to Desk.',
    wayOut: 'Check the address, or search with Ctrl K.',
  },
  refused: {
    title: 'Desk could not do that',
    cause: '',
    wayOut: 'Nothing was changed. Check the address, or go back and try another way.',
  },
  rate_limited: {
    title: 'Too many requests',
    cause: '',
    wayOut: 'Nothing was changed. Wait, then try again.',
  },
  cancelled: {
    title: 'Not confirmed',
    cause: 'This asks for a fresh proof that it is you.',
    wayOut: 'Nothing was changed. Try again when you have your second factor at hand.',
  },
  defect: {
    title: 'This screen failed',
    cause: 'A fault in Desk kept this screen from being shown.',
    wayOut:
      'Your data is safe. Try again; if it persists, pass the reference on to whoever runs Desk.',
  },
} as const satisfies Record<Fault['kind'], { title: string; cause: string; wayOut: string }>
