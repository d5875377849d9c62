import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { usePermissionBlock } from '../app/permission.ts'
import { buttonClass } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'

export function NewPaymentLink() {
  const block = usePermissionBlock('payments:create')
  const inside = (
    <>
      <Plus aria-hidden className="size-4" />
      <span className="max-md:sr-only">New payment</span>
    </>
  )
  if (block !== null) return <GuardedButton block={block}>{inside}</GuardedButton>
  return (
    <Link to="/payments/new" className={buttonClass({ variant: 'primary' })}>
      {inside}
    </Link>
  )
}
