import { Link } from '@tanstack/react-router'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/panel.tsx'

export function NotFoundPage() {
  return (
    <>
      <title>Not found · SpacePay Desk</title>
      <EmptyState
        heading="h1"
        title="There is no such page"
        action={
          <Link to="/payments" className={buttonClass({ variant: 'primary' })}>
            Go to payments
          </Link>
        }
      >
        The address may be mistyped or from another version of Desk. To find a payment by anything
        you have (order, hash, address, link), press Ctrl K.
      </EmptyState>
    </>
  )
}
