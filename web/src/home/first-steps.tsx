import { Link } from '@tanstack/react-router'
import { CircleCheck, Circle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { MirrorPulse } from '@desk/shared/payments/mirror-pulse'

/** What is left to do until the first webhook was verified; nothing from then on. */
export function FirstSteps({ pulse }: { readonly pulse: MirrorPulse }) {
  if (pulse.lastWebhookAt !== null) return null
  return (
    <section
      aria-labelledby="home-first-steps"
      className="mb-3 rounded-lg border border-line bg-surface px-5 py-4"
    >
      <h2 id="home-first-steps" className="text-md font-semibold">
        First steps
      </h2>
      <p className="mt-0.5 text-sm text-muted">
        Desk shows payments as soon as SpacePay tells of them.
      </p>
      <ol className="mt-3 flex flex-col gap-2 text-sm">
        <Step isDone={pulse.lastApiReadAt !== null}>
          SpacePay’s API answers with your secret key
          {pulse.lastApiReadAt === null && (
            <>
              : see <Link to="/settings/status">System status</Link> for what is wrong
            </>
          )}
          .
        </Step>
        <Step isDone={false}>
          Register Desk’s address as a webhook endpoint at SpacePay and enter its secret:{' '}
          <Link to="/settings/webhooks">Settings, Webhooks</Link> says how.
        </Step>
        <Step isDone={false}>
          Make a first payment: <Link to="/payments/new">New payment</Link>. Its webhook ends this
          list.
        </Step>
      </ol>
    </section>
  )
}

function Step({ isDone, children }: { readonly isDone: boolean; readonly children: ReactNode }) {
  const Icon = isDone ? CircleCheck : Circle
  return (
    <li className="flex items-start gap-2 [&_a]:text-accent [&_a]:underline">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 flex-none ${isDone ? 'text-ok' : 'text-faint'}`}
      />
      <span>
        <span className="sr-only">{isDone ? 'Done: ' : 'To do: '}</span>
        {children}
      </span>
    </li>
  )
}
