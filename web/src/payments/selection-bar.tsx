import { useQuery } from '@tanstack/react-query'
import { Copy, UserRoundPlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { toClipboard } from '../ui/clipboard.ts'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { countText } from '../ui/readers-locale.ts'
import { toast } from '../ui/toast.tsx'
import { summaryOptions } from './payment-list-queries.ts'
import type { usePaymentList } from './use-payment-list.ts'

const HandOverDialog = lazy(async () => ({
  default: (await import('../attention/hand-over-dialog.tsx')).HandOverDialog,
}))

/** As many as can be pasted back at once. */
const PICKED_MAX = 1_000
const HANDED_OVER_MAX = 50

/** How many rows are picked and what they come to, and what can be done with them. */
export function SelectionBar({ chosen, query, payments, onPick }: SelectionBarProps) {
  const [isHanding, setHanding] = useState(false)
  const block = usePermissionBlock('attention:write')
  const tooMany =
    chosen.length > HANDED_OVER_MAX
      ? `At most ${HANDED_OVER_MAX} payments can be handed over at once.`
      : null
  return (
    <section
      aria-label="Selection"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-20 flex justify-center px-4 md:pl-18 lg:pl-60"
    >
      <div className="pointer-events-auto flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-surface py-2 pr-2 pl-4 text-sm shadow-overlay">
        <span aria-live="polite" className="tabular-nums">
          {countText(chosen.length)} selected
          <Sum chosen={chosen} />
        </span>
        <SelectMore chosen={chosen} query={query} payments={payments} onPick={onPick} />
        <span className="flex flex-wrap gap-2">
          <CopyLines label="Copy ids" lines={chosen.map(({ id }) => id)} />
          <CopyLines
            label="Copy order ids"
            lines={chosen.flatMap(({ orderId }) => (orderId === null ? [] : [orderId]))}
          />
          <GuardedButton block={block ?? tooMany} onClick={() => setHanding(true)}>
            <UserRoundPlus aria-hidden className="size-4" strokeWidth={1.7} />
            Hand over
          </GuardedButton>
          <Button variant="ghost" onClick={() => onPick(new Set())}>
            Clear
          </Button>
        </span>
      </div>
      <Suspense>
        {isHanding && (
          <HandOverDialog
            paymentIds={chosen.map(({ id }) => id)}
            held={null}
            onClose={() => setHanding(false)}
            onDone={() => onPick(new Set())}
          />
        )}
      </Suspense>
    </section>
  )
}

interface SelectionBarProps {
  readonly chosen: readonly PaymentListItem[]
  readonly query: PaymentQuery
  readonly payments: ReturnType<typeof usePaymentList>
  readonly onPick: (ids: ReadonlySet<string>) => void
}

/** Amounts of several currencies, or ones that are not known, have no sum. */
function Sum({ chosen }: Pick<SelectionBarProps, 'chosen'>) {
  const [first] = chosen
  const isOneCurrency = chosen.every(({ currency }) => currency === first?.currency)
  if (!first || !isOneCurrency || chosen.some(({ amountCents }) => amountCents === null))
    return null
  const cents = chosen.reduce((sum, { amountCents }) => sum + BigInt(amountCents ?? 0), 0n)
  return (
    <>
      {' · '}
      <Amount cents={cents} currency={first.currency} />
    </>
  )
}

/** From what is loaded to all that match, as far as one selection goes. */
function SelectMore({ chosen, query, payments, onPick }: SelectionBarProps) {
  const { api } = signedInRoute.useRouteContext()
  const { data: summary } = useQuery(summaryOptions(api, query))
  const [isLoading, setLoading] = useState(false)
  const { list, items } = payments
  const isAllLoaded = chosen.length === items.length
  if (!isAllLoaded || !list.hasNextPage || !summary || items.length >= PICKED_MAX) return null
  const isBounded = !summary.exact || summary.count > PICKED_MAX
  const figure = countText(Math.min(summary.count, PICKED_MAX))
  const all = async () => {
    setLoading(true)
    let page = await list.fetchNextPage()
    const loaded = () => page.data?.pages.flatMap((one) => one.items) ?? []
    while (page.hasNextPage && !page.isError && loaded().length < PICKED_MAX) {
      page = await page.fetchNextPage()
    }
    setLoading(false)
    if (page.isError) {
      toast({
        title: 'Not all of them could be read',
        detail: 'What was read is selected. Try again in a moment.',
        tone: 'bad',
      })
    }
    onPick(
      new Set(
        loaded()
          .slice(0, PICKED_MAX)
          .map(({ id }) => id),
      ),
    )
  }
  return (
    <Button pending={isLoading} onClick={() => void all()}>
      {isBounded ? `Select the first ${figure}` : `Select all ${figure} that match`}
    </Button>
  )
}

/** One a line, as a list to look up takes them. */
function CopyLines({
  label,
  lines,
}: {
  readonly label: string
  readonly lines: readonly string[]
}) {
  const [outcome, setOutcome] = useState<string | null>(null)
  const copy = async () => {
    const isCopied = await toClipboard(lines.join('\n'))
    const said = isCopied ? `Copied ${countText(lines.length)}` : 'Could not copy'
    setOutcome(said)
    announce(said)
  }
  return (
    <Button disabled={lines.length === 0} onClick={() => void copy()}>
      <Copy aria-hidden className="size-4" strokeWidth={1.7} />
      <span onPointerLeave={() => setOutcome(null)}>{outcome ?? label}</span>
    </Button>
  )
}
