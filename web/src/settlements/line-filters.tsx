import { skipToken, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { FilterChip } from '../ui/filter-chip.tsx'
import type { BankSearch } from './bank-address.ts'
import { bankRoute } from './settlements.route.tsx'

/** Narrows bank lines to an account, where there are several, and to a statement that was chosen. */
export function LineFilters() {
  const { api } = signedInRoute.useRouteContext()
  const { account, from } = bankRoute.useSearch()
  const navigate = useNavigate()
  const accounts = useQuery(api.bank.accounts.queryOptions())
  const statement = useQuery(
    api.bank.statement.queryOptions(from === undefined ? skipToken : { id: from }),
  )
  const change = (next: (search: BankSearch) => BankSearch) =>
    void navigate({ to: '/settlements/bank', search: next, resetScroll: false })
  const known = accounts.data ?? []
  return (
    <>
      {known.length > 1 && (
        <nav aria-label="Accounts" className="flex flex-wrap gap-1">
          {[{ id: undefined, name: 'All accounts' }, ...known].map(({ id, name }) => (
            <Link
              key={id ?? ''}
              to="/settlements/bank"
              search={({ account: _account, ...rest }) =>
                id === undefined ? rest : { ...rest, account: id }
              }
              resetScroll={false}
              aria-current={id === account ? 'page' : undefined}
              className={`inline-flex h-7 max-w-48 items-center rounded-md px-2 text-sm ${id === account ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:bg-hover hover:text-text'}`}
            >
              <span className="truncate">{name}</span>
            </Link>
          ))}
        </nav>
      )}
      {from !== undefined && (
        <FilterChip
          name="Statement"
          value={statement.data?.fileName ?? '…'}
          onRemove={() => change(({ from: _from, ...rest }) => rest)}
        />
      )}
    </>
  )
}
