import { Link } from '@tanstack/react-router'
import { TEXT_MAX } from '@desk/shared/payments/payment-query'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'

/** More text than one search takes: nothing of it is cut, and nothing is searched for. */
export function LongSearch({ text }: { readonly text: string }) {
  return (
    <output className="mt-2 block">
      <Notice tone="warn">
        A search takes {TEXT_MAX} characters and these are {countText(text.length)}. Nothing was
        cut, and the list still shows the search before.{' '}
        <FindManyLink text={text}>Look them up in Find many</FindManyLink>
      </Notice>
    </output>
  )
}

/** Hands the text over to Find many, which looks it up at once. */
export function FindManyLink({ text, children }: FindManyLinkProps) {
  return (
    <Link
      to="/payments/find"
      state={{ pasted: text }}
      className="rounded-sm font-medium text-accent underline"
    >
      {children}
    </Link>
  )
}

interface FindManyLinkProps {
  readonly text: string
  readonly children: string
}
