/** The past instant that an address asks about, ISO 8601 UTC; null for now, and for what is no time. */
export function asOfIn({ asOf }: { readonly asOf?: string | undefined }): string | null {
  const at = Date.parse(asOf ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
