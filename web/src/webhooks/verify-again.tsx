import { useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { DeliveryDetail } from '@desk/shared/webhooks/delivery-detail'
import type { SignatureOutcome, SignatureSteps } from '@desk/shared/webhooks/signature-steps'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { PreciseText } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import type { Tone } from '../ui/tone.ts'
import { lagText } from './lag-text.ts'

/** Has Desk compute the signature anew from the kept bytes, and shows every step of it. */
export function VerifyAgain({ delivery }: { readonly delivery: DeliveryDetail }) {
  const { api } = signedInRoute.useRouteContext()
  const [isAsked, setAsked] = useState(false)
  const steps = useQuery({
    ...api.webhooks.verifyAgain.queryOptions(
      { id: delivery.id },
      { staleTime: Infinity, gcTime: 0 },
    ),
    enabled: isAsked,
    retry: false,
  })
  return (
    <>
      <p className="max-w-[72ch] text-sm text-muted">
        SpacePay signs the timestamp header, a dot and the exact body with the secret of your
        endpoint: HMAC-SHA256, in hex.
      </p>
      <Button
        className="mt-3"
        pending={steps.isFetching}
        onClick={() => {
          setAsked(true)
          if (isAsked) void steps.refetch()
        }}
      >
        <ShieldCheck aria-hidden className="size-4" strokeWidth={1.7} />
        Verify again
      </Button>
      <div aria-live="polite">{steps.data && <Steps steps={steps.data} />}</div>
      <FaultLine error={steps.error} />
    </>
  )
}

const outcomes = {
  matches: {
    tone: 'ok',
    text: 'The signature fits: these are exactly the bytes that SpacePay signed.',
  },
  no_secret_matches: {
    tone: 'bad',
    text: 'No secret that Desk has makes this signature of these bytes. If its secret was removed, add it again to verify.',
  },
  changed: {
    tone: 'bad',
    text: 'The kept bytes are not those that arrived: their hash is another one than was written down then. Tell an admin.',
  },
  no_signature: { tone: 'bad', text: 'It came without a signature or without a timestamp.' },
  cut: {
    tone: 'warn',
    text: 'Only the beginning of it was kept, so its signature cannot be computed.',
  },
} as const satisfies Record<SignatureOutcome, { tone: Tone; text: string }>

function Steps({ steps }: { readonly steps: SignatureSteps }) {
  const { tone, text } = outcomes[steps.outcome]
  return (
    <ol className="mt-4 flex flex-col gap-4 text-sm">
      <Step number={1} title="What is signed">
        <code className="block rounded-md bg-sunken px-2 py-1.5 text-xs break-all">
          {steps.signedStart}…
        </code>
        <p className="mt-1 text-muted">
          {steps.timestampHeader === null ? 'No timestamp' : `Timestamp ${steps.timestampHeader}`},
          a dot, and {countText(steps.bodyBytes)} bytes of body.
        </p>
      </Step>
      <Step number={2} title="Whether the bytes are those that arrived">
        <p>
          SHA-256 now <Digits text={steps.signedSha256.slice(0, 16)} />
          {steps.keptSha256 !== null && (
            <>
              {' · on arrival '}
              <Digits text={steps.keptSha256.slice(0, 16)} />{' '}
              <Badge tone={steps.keptSha256 === steps.signedSha256 ? 'ok' : 'bad'}>
                {steps.keptSha256 === steps.signedSha256 ? 'the same' : 'not the same'}
              </Badge>
            </>
          )}
        </p>
      </Step>
      <Step number={3} title="What each secret makes of it">
        <p>
          The header begins{' '}
          {steps.receivedPrefix === null ? 'with nothing' : <Digits text={steps.receivedPrefix} />}
        </p>
        {steps.trials.length === 0 && <p className="text-muted">Desk has no secret to try.</p>}
        <ul className="mt-1 flex flex-col gap-1">
          {steps.trials.map(({ id, label, expectedPrefix, matches }) => (
            <li key={id} className="flex flex-wrap items-center gap-2">
              <span>{label}</span>
              <Digits text={expectedPrefix} />
              <Badge tone={matches ? 'ok' : 'idle'}>{matches ? 'fits' : 'does not fit'}</Badge>
            </li>
          ))}
        </ul>
        <p className="mt-1 text-xs text-muted">
          All 64 digits are compared; only the first ones are shown, and never the secret.
        </p>
      </Step>
      <Step number={4} title="Whether it came in time">
        <p>
          {steps.secondsOff === null
            ? 'The timestamp cannot be read.'
            : `Signed ${lagText(Math.abs(steps.secondsOff) * 1000)} ${steps.secondsOff < 0 ? 'after' : 'before'} it arrived.`}{' '}
          {steps.isWithinWindow !== null && (
            <Badge tone={steps.isWithinWindow ? 'ok' : 'bad'}>
              {steps.isWithinWindow ? 'within the window' : 'outside the window'}
            </Badge>
          )}
        </p>
      </Step>
      <li>
        <Notice tone={tone}>
          {text}{' '}
          <span className="text-muted">
            Computed <PreciseText at={steps.checkedAt} />.
          </span>
        </Notice>
      </li>
    </ol>
  )
}

function Step({ number, title, children }: StepProps) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="mt-px grid size-5 flex-none place-items-center rounded-full bg-sunken text-xs font-medium"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children}
      </div>
    </li>
  )
}

interface StepProps {
  readonly number: number
  readonly title: string
  readonly children: ReactNode
}

function Digits({ text }: { readonly text: string }) {
  return <code className="text-xs">{text}…</code>
}
