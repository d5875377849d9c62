import { CreditCard, Hash, History, Link2, RefreshCw, Reply } from 'lucide-react'
import { roles } from '@desk/shared/identity/roles'
import { paymentId } from '@desk/shared/payments/payment'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { verdictMoment, verdictOf } from '@desk/shared/payments/verdict'
import type { PaletteDesk, PaletteRoom } from '../app/command-palette/palette-room.ts'
import { copyText } from '../ui/copy-text.ts'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { toast } from '../ui/toast.tsx'
import { openPaymentAt } from './open-payment-at.ts'
import { PaymentHitRow } from './payment-hit.tsx'
import { paymentLink } from './payment-link.ts'
import { refreshOptions } from './refresh-options.ts'
import { replyText } from './verdict-reply.ts'

/** Payments in the command palette: any of them, their list, and what is done to the one that is open. */
export const paymentsPalette: PaletteRoom = {
  places: [
    {
      name: 'Payments',
      words: 'list orders transactions all',
      permission: 'payments:read',
      icon: CreditCard,
      path: '/payments',
      firstFor: roles,
      run: ({ router }) => router.navigate({ to: '/payments' }),
    },
    {
      name: 'Payments as they were known',
      words: 'past history another time as of yesterday',
      permission: 'payments:read',
      icon: History,
      path: '/payments',
      run: ({ router }) =>
        router.navigate({ to: '/payments', search: { asOf: new Date().toISOString() } }),
    },
  ],
  current: {
    heading: 'This payment',
    idAt: openPaymentAt,
    actions: [
      {
        name: 'Copy the reply for the customer',
        words: 'answer mail text',
        permission: 'payments:read',
        icon: Reply,
        firstFor: ['support', 'finance'],
        isOffered: (desk, id) => knownDetail(desk, id) !== undefined,
        run: copyReply,
      },
      {
        name: 'Refresh from SpacePay',
        words: 'reload update read api again',
        permission: 'payments:refresh',
        icon: RefreshCw,
        firstFor: ['finance', 'admin'],
        run: refresh,
      },
      {
        name: 'Copy link',
        words: 'url address share colleague',
        permission: 'payments:read',
        icon: Link2,
        firstFor: roles,
        run: (_desk, id) => copyText(paymentLink(id), 'Link'),
      },
      {
        name: 'Copy payment id',
        words: 'identifier',
        permission: 'payments:read',
        icon: Hash,
        run: (_desk, id) => copyText(id, 'Payment id'),
      },
      {
        name: 'Copy order id',
        words: 'identifier number',
        permission: 'payments:read',
        icon: Hash,
        isOffered: (desk, id) => Boolean(knownDetail(desk, id)?.orderId),
        run: (desk, id) => copyText(knownDetail(desk, id)?.orderId ?? id, 'Order id'),
      },
      {
        name: 'Copy transaction hash',
        words: 'tx',
        permission: 'payments:read',
        icon: Hash,
        isOffered: (desk, id) => Boolean(knownDetail(desk, id)?.receipt?.txHash),
        run: (desk, id) => copyText(knownDetail(desk, id)?.receipt?.txHash ?? id, 'Hash'),
      },
    ],
  },
  kinds: [
    {
      kind: 'payment',
      heading: 'Payments',
      noun: 'Payment',
      permission: 'payments:read',
      icon: CreditCard,
      find: async ({ api, queryClient }, text) => {
        const hits = await queryClient.query(
          api.payments.find.queryOptions({ text }, { staleTime: 0 }),
        )
        return hits.map((hit) => ({
          id: hit.id,
          name: hit.orderId ?? shortIdentifier(hit.id),
          isExact: hit.exact,
          row: <PaymentHitRow hit={hit} />,
        }))
      },
      open: ({ router }, id) =>
        router.navigate({ to: '/payments/$paymentId', params: { paymentId: id } }),
      at: (spot, desk) => {
        const id = openPaymentAt(spot)
        const detail = id === null ? undefined : knownDetail(desk, id)
        return detail ? { id: detail.id, name: detail.orderId ?? shortIdentifier(detail.id) } : null
      },
    },
  ],
}

type Reads = Pick<PaletteDesk, 'api' | 'queryClient'>

/** What the screen knows of the payment it shows; undefined until it was read. */
function knownDetail({ api, queryClient }: Reads, id: string): PaymentDetail | undefined {
  const { queryKey } = api.payments.detail.queryOptions({ id: paymentId.parse(id) })
  return queryClient.getQueryData(queryKey)
}

async function copyReply(desk: PaletteDesk, id: string): Promise<void> {
  const detail = knownDetail(desk, id)
  if (detail === undefined) return
  const { reply } = verdictOf(detail, verdictMoment(detail, Date.now()))
  await copyText(replyText(reply, desk.zone), 'Reply')
}

async function refresh({ api, queryClient }: PaletteDesk, id: string): Promise<void> {
  const read = paymentId.parse(id)
  const options = refreshOptions({ api, queryClient }, read)
  await queryClient.getMutationCache().build(queryClient, options).execute({ id: read })
  toast({ title: 'Up to date with SpacePay', tone: 'ok' })
}
