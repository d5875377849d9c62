import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { PayerLink } from './payer-link.tsx'

/** What it was made from and what from it, and its link. */
export function PaymentKin({ payment }: { readonly payment: PaymentDetail }) {
  const { api } = signedInRoute.useRouteContext()
  const { id, orderId } = payment
  const kin = useQuery(api.payments.kin.queryOptions({ id }))
  const link = useMutation(api.payments.payerLink.mutationOptions())
  const linkBlock = usePermissionBlock('payer_links:show')
  const { madeFrom = null, followedBy = [], madeBy = null, hasLink = false } = kin.data ?? {}
  return (
    <div className="flex flex-col gap-2 text-sm">
      {madeBy !== null && <p className="text-muted">Made in Desk by {madeBy}.</p>}
      {madeFrom !== null && (
        <p>
          Takes the place of <PaymentLink id={madeFrom} />
        </p>
      )}
      {followedBy.map((follower) => (
        <p key={follower}>
          A new one took its place: <PaymentLink id={follower} />
        </p>
      ))}
      {hasLink && !link.data && (
        <GuardedButton
          block={linkBlock}
          pending={link.isPending}
          onClick={() => link.mutate({ id })}
          className="self-start"
        >
          Show the payer's link
        </GuardedButton>
      )}
      {kin.data && madeBy === null && (
        <p className="text-muted">Made by the shop: Desk does not know the payer's link.</p>
      )}
      <FaultLine error={link.error} />
      {link.data && (
        <PayerLink
          url={link.data.url}
          subject={orderId ? `Your order ${orderId}` : 'Your payment'}
        />
      )}
    </div>
  )
}

function PaymentLink({ id }: { readonly id: string }) {
  return (
    <Link
      to="/payments/$paymentId"
      params={{ paymentId: id }}
      className="font-mono text-xs text-accent underline"
    >
      {shortIdentifier(id)}
    </Link>
  )
}
