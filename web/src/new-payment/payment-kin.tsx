import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { PayerLink } from './payer-link.tsx'

/** What it was made from and what from it, its link, and the way to a new one. */
export function PaymentKin({ payment }: { readonly payment: PaymentDetail }) {
  const { api } = signedInRoute.useRouteContext()
  const { id, orderId } = payment
  const kin = useQuery(api.payments.kin.queryOptions({ id }))
  const link = useMutation(api.payments.payerLink.mutationOptions())
  const linkBlock = usePermissionBlock('payer_links:read')
  const createBlock = usePermissionBlock('payments:create')
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
      <div className="flex flex-wrap gap-2">
        {createBlock === null ? (
          <Link
            to="/payments/new"
            search={{ from: id }}
            className="inline-flex h-8 items-center rounded-md border border-line-strong px-3 text-sm font-medium hover:bg-sunken max-md:h-11"
          >
            New payment from this
          </Link>
        ) : (
          <GuardedButton block={createBlock}>New payment from this</GuardedButton>
        )}
        {hasLink && !link.data && (
          <GuardedButton
            block={linkBlock}
            pending={link.isPending}
            onClick={() => link.mutate({ id })}
          >
            Show the payer's link
          </GuardedButton>
        )}
      </div>
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
