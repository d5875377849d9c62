/** Refuses the one character no Postgres text can hold, before a query has to. */
export function isStorable(text: string): boolean {
  return !text.includes('\0')
}
