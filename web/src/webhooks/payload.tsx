import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import type { DeliveryContent, DeliveryDetail } from '@desk/shared/webhooks/delivery-detail'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Facts } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { fromBase64 } from './from-base64.ts'
import { hexText } from './hex-text.ts'
import { markedText } from './marked-text.ts'

const JsonView = lazy(async () => ({ default: (await import('../ui/json-view.tsx')).JsonView }))

const looks = ['JSON', 'Text', 'Hex', 'Headers'] as const
type Look = (typeof looks)[number]

/** The bytes as they came, laid out for reading or exactly as they are. */
export function Payload({ delivery }: { readonly delivery: DeliveryDetail }) {
  const [look, setLook] = useState<Look>('JSON')
  const { content } = delivery
  if (content === null) {
    return (
      <p className="max-w-[72ch] text-sm text-muted">
        The bytes and headers were deleted when their time was up. What is left proves what they
        were: the hashes, the verdict and the ids above.
      </p>
    )
  }
  return (
    <>
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">How to show it</legend>
        {looks.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={look === one}
            onClick={() => setLook(one)}
            className="h-7 rounded-sm px-2 text-xs font-medium text-muted hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent"
          >
            {one}
          </button>
        ))}
      </fieldset>
      <p className="my-2 text-xs text-muted">{sizeText(content)}</p>
      {content.isCovered && (
        <div className="mb-2">
          <Notice tone="idle">
            What would let its reader pay the payment is covered with asterisks, byte by byte. An
            evidence file holds the exact bytes.
          </Notice>
        </div>
      )}
      <Shown content={content} look={look} />
    </>
  )
}

function sizeText({ bytes, shownBytes, isCut }: DeliveryContent): string {
  const whole = `${countText(bytes)} bytes`
  if (isCut) return `${whole} came; the first ${countText(shownBytes)} were kept.`
  return shownBytes < bytes
    ? `${whole}; the first ${countText(shownBytes)} are shown, all of them are in the evidence file.`
    : `${whole}.`
}

function Shown({ content, look }: { readonly content: DeliveryContent; readonly look: Look }) {
  const bytes = useMemo(() => fromBase64(content.base64), [content.base64])
  if (look === 'Headers') {
    return (
      <Facts
        facts={content.headers.map(([name, value]) => ({
          name,
          value: <code className="text-xs break-all">{value}</code>,
        }))}
      />
    )
  }
  if (bytes.length === 0) return <p className="text-sm text-muted">The body is empty.</p>
  if (look === 'Hex') return <Block label="Body in hex">{hexText(bytes)}</Block>
  if (look === 'Text') return <ExactText bytes={bytes} />
  return (
    <Suspense fallback={<Skeleton className="h-40 w-full" />}>
      <JsonView text={new TextDecoder().decode(bytes)} label="Body as JSON" />
    </Suspense>
  )
}

/** Bytes that are no text stand there as what they are. */
function ExactText({ bytes }: { readonly bytes: Uint8Array }) {
  const parts = useMemo(() => markedText(bytes), [bytes])
  const isMarked = parts.some(({ isInvalid }) => isInvalid)
  return (
    <>
      {isMarked && (
        <p className="mb-2 text-xs text-bad">Marked bytes are no valid UTF-8 and shown in hex.</p>
      )}
      <Block label="Body as text">
        {parts.map(({ text, isInvalid, at }) =>
          isInvalid ? (
            <mark key={at} className="rounded-sm bg-bad-soft text-bad">
              {text}
            </mark>
          ) : (
            text
          ),
        )}
      </Block>
    </>
  )
}

function Block({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className="max-h-[420px] overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs [font-variant-ligatures:none]"
    >
      {children}
    </pre>
  )
}
