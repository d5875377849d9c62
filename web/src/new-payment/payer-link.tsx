import { CopyButton } from '../ui/copy-button.tsx'
import { QrCode } from '../ui/qr-code.tsx'

/** The link as text, as a code to be scanned, and in a letter to the customer. */
export function PayerLink({ url, subject }: { readonly url: string; readonly subject: string }) {
  return (
    <div className="flex flex-wrap gap-4">
      <QrCode text={url} label="Payment link as a QR code" />
      <div className="min-w-0 flex-1 basis-64">
        <p className="mb-3 rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5 break-all select-all">
          {url}
        </p>
        <div className="flex flex-wrap gap-2">
          <CopyButton text={url} label="Copy link" />
          <CopyButton text={letter(url, subject)} label="Copy e-mail text" />
        </div>
      </div>
    </div>
  )
}

function letter(url: string, subject: string): string {
  return [
    `Subject: ${subject}`,
    '',
    'Hello,',
    '',
    'you can pay here:',
    url,
    '',
    'The page shows the exact amount, the address and how long the price is valid. Please send the amount in one transaction.',
    '',
    'Kind regards',
  ].join('\n')
}
