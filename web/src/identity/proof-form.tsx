import { KeyRound } from 'lucide-react'
import { useRef, useState } from 'react'
import { textIn } from '../ui/form-text.ts'
import { TextField } from '../ui/text-field.tsx'
import {
  type AuthOutcome,
  type AuthRefusal,
  sendCode,
  sendPasskey,
  sendPassword,
  type Where,
} from './auth-requests.ts'
import { CodeField } from './code-field.tsx'
import { FormFoot } from './form-foot.tsx'
import { RefusalNotice } from './refusal-notice.tsx'

export type ProofWay = 'authenticator' | 'passkey' | 'recovery_code' | 'password'

/**
 * Shows a second factor, or the password where there is none: one way at a time, the others a click
 * away. `onRefused` takes what ends the whole attempt; everything else is said at the field.
 */
export function ProofForm({ where, ways, verb, ...more }: ProofFormProps) {
  const { onProved, onRefused, onCancel } = more
  const [way, setWay] = useState<ProofWay>(() => ways[0] ?? 'authenticator')
  const [fault, setFault] = useState<AuthRefusal | null>(null)
  const [isPending, setPending] = useState(false)
  const code = useRef<HTMLInputElement>(null)

  const send = async (request: Promise<AuthOutcome>) => {
    setPending(true)
    setFault(null)
    const result = await request
    setPending(false)
    if (result.outcome === 'done') return onProved()
    if (result.outcome !== 'refused') return
    if (endsAttempt.has(result.refusal.code)) return onRefused(result.refusal)
    setFault(result.refusal)
    if (code.current) code.current.value = ''
    code.current?.focus()
  }
  const choose = (next: ProofWay) => {
    setFault(null)
    setWay(next)
  }
  const others = ways.length > 1 && (
    <OtherWays ways={ways.filter((other) => other !== way)} onChoose={choose} />
  )
  const isWait = fault !== null && fault.retryAtMs !== null

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (isPending) return
        const form = new FormData(event.currentTarget)
        void send(
          way === 'passkey'
            ? sendPasskey(where)
            : way === 'password'
              ? sendPassword(textIn(form, 'password'))
              : sendCode(where, textIn(form, 'code')),
        )
      }}
    >
      <div key={way} ref={focusFirst}>
        {way === 'authenticator' && (
          <CodeField
            label="Code from your authenticator app"
            error={isWait ? undefined : fault?.message}
            inputRef={code}
            onComplete={(digits) => !isPending && void send(sendCode(where, digits))}
          />
        )}
        {way === 'passkey' && <PasskeyWay fault={isWait ? null : fault} />}
        {(way === 'recovery_code' || way === 'password') && (
          <TextField {...textWays[way]} required error={isWait ? undefined : fault?.message} />
        )}
      </div>
      {isWait && <RefusalNotice refusal={fault} />}
      {onCancel && others}
      <FormFoot
        verb={way === 'passkey' ? 'Use passkey' : verb}
        pending={isPending}
        onCancel={onCancel}
      />
      {!onCancel && others}
    </form>
  )
}

interface ProofFormProps {
  readonly where: Where
  readonly ways: readonly ProofWay[]
  /** On the button. */
  readonly verb: string
  readonly onProved: () => void
  readonly onRefused: (refusal: AuthRefusal) => void
  /** Only in a dialog. */
  readonly onCancel?: () => void
}

/** What is asked for is typed next, whichever way was chosen. */
function focusFirst(fields: HTMLElement | null): void {
  fields?.querySelector('input')?.focus()
}

function PasskeyWay({ fault }: { readonly fault: AuthRefusal | null }) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-md border border-line bg-sunken px-4 py-5 text-center text-sm text-muted">
      <KeyRound aria-hidden className="size-6" strokeWidth={1.5} />
      Your browser asks for the passkey of this device, phone or key.
      {fault && (
        <p role="alert" className="text-bad">
          {fault.message}
        </p>
      )}
    </div>
  )
}

function OtherWays({ ways, onChoose }: OtherWaysProps) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {ways.map((way) => (
        <button
          key={way}
          type="button"
          onClick={() => onChoose(way)}
          className="min-h-6 rounded-sm text-accent hover:underline"
        >
          {insteadWords[way]}
        </button>
      ))}
    </div>
  )
}

interface OtherWaysProps {
  readonly ways: readonly ProofWay[]
  readonly onChoose: (way: ProofWay) => void
}

const endsAttempt: ReadonlySet<string> = new Set(['sign_in_expired', 'signed_out'])

const textWays = {
  recovery_code: {
    label: 'Recovery code',
    name: 'code',
    autoComplete: 'off',
    spellCheck: false,
    hint: 'One of those you saved when you added your second factor. Each works once.',
  },
  password: {
    label: 'Password',
    name: 'password',
    type: 'password',
    autoComplete: 'current-password',
  },
} as const

const insteadWords = {
  authenticator: 'Use a code from your app',
  passkey: 'Use a passkey',
  recovery_code: 'Use a recovery code',
  password: 'Use your password',
} as const satisfies Record<ProofWay, string>
