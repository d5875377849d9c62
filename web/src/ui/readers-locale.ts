/** What Intl settled on; `navigator.language` may be text that Intl refuses, such as `en-US@posix`. */
export const readersLocale = new Intl.NumberFormat().resolvedOptions().locale

const count = new Intl.NumberFormat(readersLocale)

/** `12481` → `"12,481"`, in the reader's own grouping. */
export function countText(value: number): string {
  return count.format(value)
}
