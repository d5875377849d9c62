import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { payoutCurrencies } from '@desk/shared/settlements/bank-statements'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { SelectField } from '../ui/select-field.tsx'
import { TextField } from '../ui/text-field.tsx'

/** Asks for the account that SpacePay pays to. */
export function AddBankAccount({ onAdded, onClose }: AddBankAccountProps) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const [currency, setCurrency] = useState<(typeof payoutCurrencies)[number]>('USD')
  const add = useMutation(
    api.bank.addAccount.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries(api.bank.accounts.queryFilter())
        onAdded(id)
      },
    }),
  )
  return (
    <Dialog
      title="Add a bank account"
      description="The account SpacePay pays out to. Statements of other accounts are refused by its number."
      onClose={onClose}
      onSubmit={(form) =>
        add.mutate({ name: textIn(form, 'name'), identifier: textIn(form, 'identifier'), currency })
      }
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={add.isPending}>
            Add account
          </Button>
        </>
      }
    >
      <TextField label="Name" name="name" required maxLength={80} autoComplete="off" />
      <TextField
        label="IBAN or account number"
        name="identifier"
        required
        maxLength={60}
        autoComplete="off"
      />
      <SelectField
        label="Currency"
        hint="SpacePay pays out in these three."
        value={currency}
        onChange={({ target }) =>
          setCurrency(payoutCurrencies.find((each) => each === target.value) ?? 'USD')
        }
      >
        {payoutCurrencies.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </SelectField>
      <FaultLine error={add.error} />
    </Dialog>
  )
}

interface AddBankAccountProps {
  readonly onAdded: (id: string) => void
  readonly onClose: () => void
}
