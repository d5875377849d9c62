import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import type { RequestCase } from '@desk/shared/withdrawals/request-view'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { EmptyState, Notice } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { attachFile } from './attach-file.ts'
import type { AttachmentChoice } from './attachment-choice.ts'
import { draftOf } from './draft-of.ts'
import type { Asked } from './withdrawal-draft.ts'
import { WithdrawalForm } from './withdrawal-form.tsx'
import { editWithdrawalRoute } from './withdrawals.route.tsx'

/** Changes a request that is still its requester's to change; what was approved of it is void then. */
export function EditWithdrawalPage() {
  const { api } = signedInRoute.useRouteContext()
  const { requestId } = editWithdrawalRoute.useParams()
  const shown = useQuery(api.withdrawals.one.queryOptions({ id: requestId }))
  return (
    <div className="mx-auto max-w-[720px] px-4 pt-4 pb-10 md:px-6">
      <title>Edit withdrawal · SpacePay Desk</title>
      <Link
        to="/withdrawals/$requestId"
        params={{ requestId }}
        className="mb-3 inline-flex h-6 items-center gap-1 rounded-sm text-sm text-muted hover:text-text"
      >
        <ChevronLeft aria-hidden className="size-4" />
        Back to the request
      </Link>
      {shown.data ? (
        <Editing shown={shown.data} />
      ) : shown.isError ? (
        <FaultLine error={shown.error} />
      ) : (
        <Skeleton className="h-96 w-full rounded-lg" />
      )}
    </div>
  )
}

function Editing({ shown }: { readonly shown: RequestCase }) {
  const { api } = signedInRoute.useRouteContext()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const edit = useMutation(api.withdrawals.edit.mutationOptions())
  const attach = useMutation({ mutationFn: attachFile })
  const detach = useMutation(api.withdrawals.detach.mutationOptions())
  const submit = useMutation(api.withdrawals.submit.mutationOptions())
  if (shown.blocks.edit !== null) {
    return (
      <EmptyState heading="h1" title={`${shown.name} cannot be changed`}>
        {shown.blocks.edit}
      </EmptyState>
    )
  }
  const send = async (asked: Asked, then: 'submit' | 'keep', attachment: AttachmentChoice) => {
    const { id } = shown
    await edit.mutateAsync({ id, revision: shown.revision, ...asked })
    let revision = shown.revision + 1
    if (attachment.kind === 'chosen') {
      revision = (await attach.mutateAsync({ id, revision, file: attachment.file })).revision
    } else if (attachment.kind === 'none' && shown.attachment !== null) {
      revision = (await detach.mutateAsync({ id, revision })).revision
    }
    if (then === 'submit') await submit.mutateAsync({ id, revision })
    await queries.invalidateQueries(api.withdrawals.pathFilter())
    await navigate({ to: '/withdrawals/$requestId', params: { requestId: id }, replace: true })
  }
  const isSending = [edit, attach, detach, submit].some(({ isPending }) => isPending)
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Edit {shown.name}</h1>
      {shown.votes.some(({ voided }) => voided === null) && (
        <div className="mb-4">
          <Notice tone="warn">Changing it voids what was approved of it.</Notice>
        </div>
      )}
      <WithdrawalForm
        begun={draftOf(shown)}
        editedId={shown.id}
        attached={shown.attachment}
        onSubmit={(asked, then, attachment) => {
          if (!isSending) void send(asked, then, attachment).catch(() => undefined)
        }}
        isSending={isSending}
        error={edit.error ?? attach.error ?? detach.error ?? submit.error}
      />
    </>
  )
}
