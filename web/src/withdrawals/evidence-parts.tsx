import type { ReactNode } from 'react'

/** A titled part of the evidence; on paper its title stays with what follows. */
export function Part({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <section className="border-t border-line px-5 py-4 print:px-0 print:py-3">
      <h2 className="mb-2 text-sm font-semibold break-after-avoid">{title}</h2>
      {children}
    </section>
  )
}

/** A hash, an id or an address: all of it, broken where the line ends. */
export function Code({ children }: { readonly children: string }) {
  return <code className="text-xs break-all [font-variant-ligatures:none]">{children}</code>
}

/** Text for machines as it stands in the file, nothing of it out of sight. */
export function Text({ children }: { readonly children: string }) {
  return (
    <pre className="mt-1 rounded-md bg-sunken p-2 text-xs whitespace-pre-wrap wrap-anywhere [font-variant-ligatures:none] print:border print:border-line">
      {children}
    </pre>
  )
}
