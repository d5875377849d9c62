import type { WebhookSettings } from '@desk/shared/webhooks/webhook-settings'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Card } from '../ui/card.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/panel.tsx'

/** The address that SpacePay delivers to, and how it is told. */
export function WebhookEndpoint({ settings }: { readonly settings: WebhookSettings }) {
  const { greeting } = signedInRoute.useRouteContext()
  const { endpointUrl, toleranceSeconds, canTest } = settings
  const { hostname } = new URL(endpointUrl)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return (
    <Card
      title="Endpoint"
      about={
        canTest
          ? 'The sandbox was told this address when Desk started.'
          : 'SpacePay has to be told this address once, in its own dashboard.'
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 basis-64 rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm break-all [font-variant-ligatures:none] select-all">
          {endpointUrl}
        </code>
        <CopyButton text={endpointUrl} label="Copy address" />
      </div>
      {isLocal && !canTest && (
        <div className="mt-3">
          <Notice tone="warn">
            This address reaches nobody but this machine. Set DESK_PUBLIC_URL to the address under
            which SpacePay can reach Desk.
          </Notice>
        </div>
      )}
      <ol className="mt-4 list-decimal space-y-1.5 pl-5 text-sm text-muted marker:text-faint">
        {canTest ? (
          <li>
            To play a second endpoint, add one on the{' '}
            <a
              className="underline underline-offset-2 hover:text-text"
              href={greeting.demo ? new URL('/control', greeting.demo.sandboxUrl).href : undefined}
              target="_blank"
              rel="noreferrer"
            >
              sandbox’s control page
            </a>
            .
          </li>
        ) : (
          <li>
            In SpacePay’s dashboard open Settings → Developers → Webhooks and add this address.
          </li>
        )}
        <li>Copy the secret, which is shown once, and add it above. Each endpoint has its own.</li>
        <li>
          {canTest
            ? 'Send a test delivery below.'
            : 'Have SpacePay send a test. It stands under Webhooks within a second.'}
        </li>
        <li>
          Keep proxies from changing bodies: Desk verifies the exact bytes, and their time may be{' '}
          {minutesText(toleranceSeconds)} from its own clock.
        </li>
      </ol>
    </Card>
  )
}

function minutesText(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`
}
