import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { EvidenceFile } from '@desk/shared/webhooks/evidence'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { fromBase64 } from './from-base64.ts'

/** Makes the file, hands it out and shows how anybody verifies it. */
export function EvidenceDialog({
  id,
  onClose,
}: {
  readonly id: string
  readonly onClose: () => void
}) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const evidence = useMutation(
    api.webhooks.evidence.mutationOptions({
      onSuccess: async (file) => {
        save(file.name, new Blob([file.text], { type: 'application/json' }))
        await queryClient.invalidateQueries(api.audit.history.pathFilter())
      },
    }),
  )
  const file = evidence.data
  return (
    <Dialog
      title={`Evidence of webhook ${id}`}
      description="A file with the exact bytes, headers, times and signature. Whoever has the webhook secret verifies it with openssl alone, without Desk. That you export it is written into the audit log."
      onClose={onClose}
      actions={
        file ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              pending={evidence.isPending}
              onClick={() => evidence.mutate({ id })}
            >
              Export evidence
            </Button>
          </>
        )
      }
    >
      {file && <Verifying file={file} />}
      <FaultLine error={evidence.error} />
    </Dialog>
  )
}

function Verifying({ file }: { readonly file: EvidenceFile }) {
  return (
    <>
      <p>
        <span className="font-medium">{file.name}</span> was saved. Its SHA-256, as the audit log
        keeps it: <Identifier value={file.sha256} label="hash of the file" />
      </p>
      <ol className="flex flex-col gap-3">
        {file.commands.map(({ what, command, expected }) => (
          <li key={command}>
            <p>{what}</p>
            <pre
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
              tabIndex={0}
              aria-label="Command"
              className="mt-1 overflow-x-auto rounded-md bg-sunken p-2 font-mono text-xs [font-variant-ligatures:none]"
            >
              {command}
            </pre>
            {expected !== null && (
              <p className="mt-1 text-xs text-muted">
                It has to say <code className="break-all">{expected}</code>
              </p>
            )}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          text={file.commands.map(({ command }) => command).join('\n')}
          label="Copy the commands"
        />
        <Button onClick={() => save(file.signed.name, new Blob([fromBase64(file.signed.base64)]))}>
          Signed content alone
        </Button>
      </div>
    </>
  )
}

function save(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has taken over by the next turn of its loop.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
