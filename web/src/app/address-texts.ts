/**
 * What stands behind the `?` of an address, as it is written there: people type and paste texts, so
 * `88271` and `true` stay text. A key that stands twice has both its texts.
 */
export function addressTexts(search: string): Record<string, string | string[]> {
  const params = new URLSearchParams(search)
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const [first = '', ...others] = params.getAll(key)
      return [key, others.length === 0 ? first : [first, ...others]]
    }),
  )
}
