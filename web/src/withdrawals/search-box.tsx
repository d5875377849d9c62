import { useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import type { Part } from './withdrawals-address.ts'

/** Looks for requests while it is typed; what is looked for stands in the address. */
export function SearchBox({ part, value }: { readonly part: Part; readonly value: string }) {
  const navigate = useNavigate()
  const id = useId()
  const isOutside = part === 'outside'
  return (
    <search className="mb-3 block max-w-xl">
      <label htmlFor={id} className="sr-only">
        Look for withdrawals
      </label>
      <input
        id={id}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={value}
        placeholder={
          isOutside ? 'SpacePay id, order id, address or hash' : 'W-12, order id, label, reason…'
        }
        onChange={({ target }) =>
          void navigate({
            to: '/withdrawals',
            search: { part, ...(target.value !== '' && { q: target.value }) },
            replace: true,
            resetScroll: false,
          })
        }
        className="h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-sm outline-none placeholder:text-faint focus:border-focus focus:ring-3 focus:ring-focus/25 max-md:text-lg"
      />
    </search>
  )
}
