import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { BankAccount, StatementPreview } from '@desk/shared/settlements/bank-statements'
import type { CsvMapping } from '@desk/shared/settlements/csv-mapping'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/panel.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AddBankAccount } from './add-bank-account.tsx'
import { CsvColumns } from './csv-columns.tsx'
import { PreviewedLines } from './previewed-lines.tsx'
import { askPreview, sendStatement } from './upload-statement.ts'

/** Takes a statement: which account, which file, how it is read; then it is kept and matched. */
export function ImportStatement({ onClose }: { readonly onClose: () => void }) {
  const { api } = signedInRoute.useRouteContext()
  const accounts = useQuery(api.bank.accounts.queryOptions())
  if (!accounts.data) {
    return (
      <Dialog title="Import a bank statement" onClose={onClose}>
        {accounts.isError ? <FaultLine error={accounts.error} /> : <Skeleton className="h-24" />}
      </Dialog>
    )
  }
  return <Importing accounts={accounts.data} onClose={onClose} />
}

interface ImportingProps {
  readonly accounts: readonly BankAccount[]
  readonly onClose: () => void
}

function Importing({ accounts, onClose }: ImportingProps) {
  const [account, setAccount] = useState(accounts[0]?.id ?? null)
  const [file, setFile] = useState<File | null>(null)
  const preview = usePreview()
  const send = useSend(onClose)
  if (account === null) {
    return (
      <AddBankAccount
        onAdded={(id) => setAccount(id)}
        onClose={() => (accounts[0] ? setAccount(accounts[0].id) : onClose())}
      />
    )
  }
  const look = (chosen: File, ask: { account: string; mapping: CsvMapping | null }) =>
    preview.mutate({ file: chosen, ...ask })
  const read = preview.data ?? null
  const mapping = read?.format === 'csv' ? read.mapping : null
  const isReady = file !== null && read !== null && (read.format === 'camt.053' || mapping !== null)
  return (
    <Dialog
      title="Import a bank statement"
      description="CSV or CAMT.053, up to 20 MB. Lines that Desk knows already are not added again."
      onClose={onClose}
      onSubmit={() => isReady && !preview.isPending && send.mutate({ file, account, mapping })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            disabled={!isReady}
            pending={send.isPending || preview.isPending}
          >
            Import
          </Button>
        </>
      }
    >
      <SelectField
        label="Account"
        value={account}
        onChange={({ target }) => {
          const chosen = target.value === '' ? null : target.value
          setAccount(chosen)
          if (chosen !== null && file) look(file, { account: chosen, mapping: null })
        }}
      >
        {accounts.map(({ id, name, identifier, currency }) => (
          <option key={id} value={id}>
            {name} · {identifier} · {currency}
          </option>
        ))}
        {!accounts.some(({ id }) => id === account) && <option value={account}>New account</option>}
        <option value="">Add an account…</option>
      </SelectField>
      <FileField
        onChoose={(chosen) => {
          setFile(chosen)
          send.reset()
          if (chosen) look(chosen, { account, mapping: null })
          else preview.reset()
        }}
      />
      <Fault error={preview.error ?? send.error} />
      {read && (
        <HowItIsRead
          preview={read}
          currency={accounts.find(({ id }) => id === account)?.currency ?? 'USD'}
          onMapping={(changed) => file && look(file, { account, mapping: changed })}
        />
      )}
    </Dialog>
  )
}

function FileField({ onChoose }: { readonly onChoose: (file: File | null) => void }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor="statement-file" className="text-sm font-medium">
        File
      </label>
      <input
        id="statement-file"
        type="file"
        accept=".csv,.txt,.tsv,.xml,.camt,text/csv,application/xml"
        onChange={({ target }) => onChoose(target.files?.[0] ?? null)}
        className="w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 py-2 text-sm file:mr-3 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-2.5 file:py-1 file:text-sm file:text-text"
      />
    </div>
  )
}

function Fault({ error }: { readonly error: Error | null }) {
  return (
    error && (
      <div role="alert">
        <Notice tone="bad">{error.message}</Notice>
      </div>
    )
  )
}

function HowItIsRead({ preview, currency, onMapping }: HowItIsReadProps) {
  if (preview.format === 'camt.053') {
    return (
      <Notice tone="idle">
        This is XML. Its entries say themselves what they are; document types and entities are
        refused.
      </Notice>
    )
  }
  return (
    <>
      <PreviewedLines preview={preview} currency={currency} />
      <details open={preview.mapping === null || preview.read.length === 0}>
        <summary className="cursor-pointer text-sm font-medium">Which column is which</summary>
        <CsvColumns preview={preview} onChange={onMapping} />
      </details>
    </>
  )
}

interface HowItIsReadProps {
  readonly preview: StatementPreview
  readonly currency: string
  readonly onMapping: (mapping: CsvMapping) => void
}

interface Asked {
  readonly file: File
  readonly account: string
  readonly mapping: CsvMapping | null
}

function usePreview() {
  return useMutation({
    mutationFn: ({ file, account, mapping }: Asked) =>
      askPreview(file, { account, fileName: file.name, mapping }),
  })
}

function useSend(onClose: () => void) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ file, account, mapping }: Asked) =>
      sendStatement(file, { account, fileName: file.name, mapping }),
    onSuccess: ({ id }) => {
      announce('The statement was imported')
      onClose()
      void queries.invalidateQueries(api.bank.pathFilter())
      void navigate({ to: '/settlements/bank', search: { statement: id }, resetScroll: false })
    },
  })
}
