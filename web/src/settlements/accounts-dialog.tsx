import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  journalAccountKeys,
  journalAccountNames,
  type JournalAccounts,
} from '@desk/shared/settlements/journal-accounts'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from '../ui/text-field.tsx'

/** Which account of the company's books each line of the journal goes to. */
export function AccountsDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const block = usePermissionBlock('settlements:close')
  const accounts = useQuery(api.settlementMonths.accounts.queryOptions())
  const save = useMutation(
    api.settlementMonths.setAccounts.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queries.invalidateQueries(api.settlementMonths.accounts.pathFilter()),
    }),
  )
  return (
    <Dialog
      title="Accounts of the journal"
      description={
        block ?? 'Journals made from now on are booked to these. Files that there are stay.'
      }
      onClose={onClose}
      onSubmit={(form) => save.mutate({ accounts: accountsIn(form) })}
      actions={
        <>
          <Button onClick={onClose}>{block === null ? 'Cancel' : 'Close'}</Button>
          {block === null && (
            <Button
              type="submit"
              variant="primary"
              pending={save.isPending}
              disabled={!accounts.data}
            >
              Save accounts
            </Button>
          )}
        </>
      }
    >
      {accounts.data ? (
        <div className="grid gap-3 md:grid-cols-2">
          {journalAccountKeys.map((key) => (
            <TextField
              key={key}
              label={journalAccountNames[key]}
              name={key}
              defaultValue={accounts.data[key]}
              required
              maxLength={32}
              readOnly={block !== null}
            />
          ))}
        </div>
      ) : accounts.isError ? (
        <FaultLine error={accounts.error} />
      ) : (
        <Skeleton className="h-48 w-full" />
      )}
      <FaultLine error={save.error} />
    </Dialog>
  )
}

function accountsIn(form: FormData): JournalAccounts {
  return {
    bank: textIn(form, 'bank'),
    receivable: textIn(form, 'receivable'),
    sales: textIn(form, 'sales'),
    merchantFees: textIn(form, 'merchantFees'),
    swapFees: textIn(form, 'swapFees'),
    bankCharges: textIn(form, 'bankCharges'),
    exchange: textIn(form, 'exchange'),
    suspense: textIn(form, 'suspense'),
  }
}
