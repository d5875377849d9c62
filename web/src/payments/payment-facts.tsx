import type { AmountCents } from '@desk/shared/money/amount-cents'
import { networkName } from '@desk/shared/networks/networks'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { Amount } from '../ui/amount.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { ClockText } from '../ui/moment.tsx'
import { type Fact, Facts } from '../ui/section.tsx'

/** Ids, fees and dates. Fees are SpacePay's numbers and unknown until it has settled. */
export function PaymentFacts({ payment }: { readonly payment: PaymentDetail }) {
  const money = (name: string, cents: AmountCents | null): Fact => ({
    name,
    value:
      cents === null ? (
        <span className="text-faint">not settled yet</span>
      ) : (
        <Amount cents={cents} currency={payment.currency} />
      ),
  })
  const facts: (Fact | null)[] = [
    { name: 'Payment', value: <Identifier value={payment.id} label="Payment id" full /> },
    payment.orderId === null
      ? null
      : { name: 'Order', value: <Identifier value={payment.orderId} label="Order id" full /> },
    { name: 'Type', value: payment.type },
    payment.network === null ? null : { name: 'Network', value: networkName(payment.network) },
    { name: 'Created', value: <ClockText at={payment.createdAt} /> },
    money('Customer owes', payment.amountDueCents),
    money('Customer fee', payment.convenienceFeeCents),
    money('Merchant fee', payment.merchantFeeCents),
    money('Swap fee', payment.swapFeeCents),
    money('Net to us', payment.netCents),
    payment.redirectUrl === null
      ? null
      : { name: 'Returns to', value: <RedirectUrl url={payment.redirectUrl} /> },
  ]
  return <Facts facts={facts} />
}

/** The shop chose this text: only a web address becomes a link. */
function RedirectUrl({ url }: { readonly url: string }) {
  const isWeb = /^https?:\/\//i.test(url) && URL.canParse(url)
  if (!isWeb) return <span className="break-all">{url}</span>
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      className="break-all text-accent underline-offset-2 hover:underline"
    >
      {url}
    </a>
  )
}
