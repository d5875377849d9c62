import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { EmptyState } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { attachFile } from './attach-file.ts'
import type { AttachmentChoice } from './attachment-choice.ts'
import { draftOf } from './draft-of.ts'
import { StopNotice } from './stop-notice.tsx'
import { type Asked, emptyDraft } from './withdrawal-draft.ts'
import { WithdrawalForm } from './withdrawal-form.tsx'
import { newWithdrawalRoute } from './withdrawals.route.tsx'

/** Asks for a withdrawal, once, whatever is clicked twice or lost on its way. */
export function NewWithdrawalPage() {
  const block = usePermissionBlock('withdrawals:request')
  return (
    <div className="mx-auto max-w-[720px] px-4 pt-4 pb-10 md:px-6">
      <title>New withdrawal · SpacePay Desk</title>
      <Link
        to="/withdrawals"
        className="mb-3 inline-flex h-6 items-center gap-1 rounded-sm text-sm text-muted hover:text-text"
      >
        <ChevronLeft aria-hidden className="size-4" />
        All withdrawals
      </Link>
      {block === null ? (
        <>
          <h1 className="mb-4 text-xl font-semibold tracking-tight">New withdrawal</h1>
          <StopNotice />
          <Asking />
        </>
      ) : (
        <EmptyState heading="h1" title="Asking for withdrawals is not among your roles">
          {block}
        </EmptyState>
      )}
    </div>
  )
}

function Asking() {
  const { api } = signedInRoute.useRouteContext()
  const { again } = newWithdrawalRoute.useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  // One for the form: sent again after a lost answer it is the same draft.
  const [attempt, setAttempt] = useState(() => crypto.randomUUID())
  const earlier = useQuery({
    ...api.withdrawals.one.queryOptions({ id: again ?? '' }),
    enabled: again !== undefined,
  })
  const create = useMutation(api.withdrawals.create.mutationOptions())
  const submit = useMutation(api.withdrawals.submit.mutationOptions())
  const [made, setMade] = useState<string | null>(null)
  const attach = useMutation({ mutationFn: attachFile })
  const send = async (asked: Asked, then: 'submit' | 'keep', attachment: AttachmentChoice) => {
    const { id } = await create.mutateAsync({ attempt, ...asked })
    setMade(id)
    const { revision } =
      attachment.kind === 'chosen'
        ? await attach.mutateAsync({ id, revision: 1, file: attachment.file })
        : { revision: 1 }
    if (then === 'submit') await submit.mutateAsync({ id, revision })
    await queries.invalidateQueries(api.withdrawals.pathFilter())
    await navigate({ to: '/withdrawals/$requestId', params: { requestId: id }, replace: true })
  }
  const isSending = create.isPending || attach.isPending || submit.isPending
  if (again !== undefined && earlier.isPending)
    return <Skeleton className="h-96 w-full rounded-lg" />
  return (
    <>
      <WithdrawalForm
        begun={earlier.data ? draftOf(earlier.data) : emptyDraft}
        editedId={null}
        attached={null}
        onSubmit={(asked, then, attachment) => {
          if (isSending) return
          // What was refused at its submission stands as a draft: another content is another one.
          if (create.isError) setAttempt(crypto.randomUUID())
          void send(asked, then, attachment).catch(() => undefined)
        }}
        isSending={isSending}
        error={create.error ?? attach.error ?? submit.error}
      />
      {(attach.isError || submit.isError) && made !== null && (
        <p className="mt-3 text-right text-sm">
          It is kept as a draft:{' '}
          <Link
            to="/withdrawals/$requestId"
            params={{ requestId: made }}
            className="text-accent underline"
          >
            open it
          </Link>
          .
        </p>
      )}
    </>
  )
}
