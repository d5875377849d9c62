import { lazy, type ReactNode, Suspense, useState } from 'react'
import {
  isVerifying,
  type SecretState,
  type WebhookSecret,
} from '@desk/shared/webhooks/webhook-secret'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { ClockText, Moment } from '../ui/moment.tsx'
import type { Tone } from '../ui/tone.ts'

const RotateDialog = lazy(async () => ({
  default: (await import('./webhook-secret-dialogs.tsx')).RotateDialog,
}))
const EndSecretDialog = lazy(async () => ({
  default: (await import('./webhook-secret-end-dialog.tsx')).EndSecretDialog,
}))
const RetireDialog = lazy(async () => ({
  default: (await import('./webhook-secret-dialogs.tsx')).RetireDialog,
}))

/** What proves that a webhook is SpacePay's; those that prove no more stand below, folded away. */
export function WebhookSecrets({ secrets, block }: WebhookSecretsProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const live = secrets.filter(({ state }) => isVerifying(state))
  const ended = secrets.filter(({ state }) => !isVerifying(state))
  return (
    <Card
      title="Secrets"
      about="Each webhook has to carry a signature by one of these. Nobody is shown a secret again: only how it ends."
    >
      {live.length === 0 ? (
        <p className="text-sm text-bad">
          No secret verifies what arrives, so every webhook is refused. Add the one of your
          endpoint.
        </p>
      ) : (
        <ul className="border-t border-line">
          {live.map((secret) => (
            <SecretRow key={secret.id} secret={secret}>
              <GuardedButton
                block={block}
                aria-label={`Rotate ${secret.label}`}
                onClick={() => setAsked({ what: 'rotate', secret })}
              >
                Rotate
              </GuardedButton>
              <GuardedButton
                block={block}
                aria-label={
                  secret.state === 'ends'
                    ? `Change the end of ${secret.label}`
                    : `End ${secret.label}`
                }
                onClick={() => setAsked({ what: 'end', secret })}
              >
                {secret.state === 'ends' ? 'Change end' : 'End'}
              </GuardedButton>
              <GuardedButton
                block={block}
                variant="danger"
                aria-label={`Retire ${secret.label}`}
                onClick={() => setAsked({ what: 'retire', secret })}
              >
                Retire
              </GuardedButton>
            </SecretRow>
          ))}
        </ul>
      )}
      {ended.length > 0 && (
        <details className="mt-3">
          <summary className="w-fit cursor-pointer rounded-sm py-1 text-sm text-muted hover:text-text">
            {ended.length} that verify no more, kept to prove what they signed
          </summary>
          <ul className="mt-1 border-t border-line">
            {ended.map((secret) => (
              <SecretRow key={secret.id} secret={secret} />
            ))}
          </ul>
        </details>
      )}
      <Suspense>
        {asked?.what === 'rotate' && <RotateDialog secret={asked.secret} onClose={close} />}
        {asked?.what === 'end' && (
          <EndSecretDialog
            secret={asked.secret}
            others={secrets.filter(({ id }) => id !== asked.secret.id)}
            onClose={close}
          />
        )}
        {asked?.what === 'retire' && <RetireDialog secret={asked.secret} onClose={close} />}
      </Suspense>
    </Card>
  )
}

interface WebhookSecretsProps {
  readonly secrets: readonly WebhookSecret[]
  /** Why the reader may not change them, or null. */
  readonly block: string | null
}

interface Asked {
  readonly what: 'rotate' | 'end' | 'retire'
  readonly secret: WebhookSecret
}

interface SecretRowProps {
  readonly secret: WebhookSecret
  readonly children?: ReactNode
}

function SecretRow({ secret, children }: SecretRowProps) {
  const { word, tone } = stateWords[secret.state]
  return (
    <li className="grid items-center gap-x-4 gap-y-2 border-b border-line py-2.5 text-sm md:grid-cols-[minmax(0,1fr)_minmax(0,15rem)_auto]">
      <div className="min-w-0">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 truncate font-medium">
            <bdi>{secret.label}</bdi>
          </span>
          <span className="font-mono text-xs text-muted">…{secret.lastFour}</span>
          <Badge tone={tone}>{word}</Badge>
        </p>
        <p className="text-xs text-muted">
          <Origin secret={secret} />
        </p>
      </div>
      <p className="text-xs text-muted tabular-nums">
        <Usage secret={secret} />
      </p>
      {children !== undefined && (
        <div className="flex flex-wrap gap-2 md:justify-end">{children}</div>
      )}
    </li>
  )
}

const stateWords = {
  verifies: { word: 'Verifies', tone: 'ok' },
  ends: { word: 'Ends', tone: 'wait' },
  ended: { word: 'Ended', tone: 'idle' },
  absent: { word: 'Not in the environment', tone: 'idle' },
} as const satisfies Record<SecretState, { word: string; tone: Tone }>

function Origin({ secret }: { readonly secret: WebhookSecret }) {
  const { source, addedAt, addedBy, state, verifiesUntil, endedBy } = secret
  return (
    <>
      {source === 'environment' ? (
        'From the environment of this Desk'
      ) : (
        <>
          Added by {addedBy ?? 'somebody'}, <Moment at={addedAt} />
        </>
      )}
      {verifiesUntil !== null && (
        <span className="block">
          {state === 'ended' ? 'Ended' : 'Verifies until'} <ClockText at={verifiesUntil} />
          {endedBy !== null && `, by ${endedBy}`}
        </span>
      )}
    </>
  )
}

const counts = new Intl.NumberFormat('en-GB')

function Usage({ secret: { uses, lastUsedAt } }: { readonly secret: WebhookSecret }) {
  if (lastUsedAt === null) return 'Verified nothing yet'
  return (
    <>
      Verified {counts.format(uses)} {uses === 1 ? 'webhook' : 'webhooks'}
      <span className="block">
        Last <Moment at={lastUsedAt} />
      </span>
    </>
  )
}
