import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BankLine } from '@desk/shared/settlements/bank-statements'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Section } from '../ui/section.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { useChangedMatches } from './use-changed-matches.ts'

/** Puts a line aside that is not SpacePay's, or takes it back. */
export function SetAside({ line }: { readonly line: BankLine }) {
  const { api } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('settlements:match')
  const [isAsking, setAsking] = useState(false)
  const changed = useChangedMatches()
  const isAside = line.state === 'set_aside'
  const after = {
    onSuccess: () => {
      announce(isAside ? 'The line was taken back' : 'The line was put aside')
      setAsking(false)
    },
    onSettled: changed,
  }
  const setAside = useMutation(api.bank.setAside.mutationOptions(after))
  const takeBack = useMutation(api.bank.takeBack.mutationOptions(after))
  const change = isAside ? takeBack : setAside
  return (
    <Section title={isAside ? 'Put aside' : 'Not SpacePay’s?'}>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-56 text-sm text-muted">
          {line.setAside
            ? `${line.setAside.by ?? 'Desk'}: ${line.setAside.reason}`
            : 'A line that has nothing to do with business days does not have to wait here.'}
        </p>
        <GuardedButton block={block} onClick={() => setAsking(true)}>
          {isAside ? 'Take back' : 'Put aside'}
        </GuardedButton>
      </div>
      {isAsking && (
        <ReasonDialog
          title={isAside ? 'Take this line back' : 'Put this line aside'}
          about={
            isAside
              ? 'It waits to be matched again.'
              : 'It counts for no business day and waits no longer. It can be taken back.'
          }
          verb={isAside ? 'Take back' : 'Put aside'}
          isPending={change.isPending}
          error={change.error}
          onGive={(reason) => change.mutate({ id: line.id, reason })}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  )
}
