/** In the demo nobody holds a phone: says where the code comes from. */
export function DemoCodeHint({ email }: { readonly email: string }) {
  return (
    <p className="rounded-md bg-sunken px-3 py-2 text-xs text-muted">
      Demo: <code className="break-all text-text select-all">pnpm demo:code {email}</code> prints
      the code.
    </p>
  )
}
