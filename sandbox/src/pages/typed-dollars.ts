/** Dollars as people type them, `49.99` → 4999, read digit by digit; null when they are no amount. */
export function centsOf(dollars: string): number | null {
  const digits = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(dollars.trim())
  if (!digits) return null
  return Number(digits[1]) * 100 + Number((digits[2] ?? '').padEnd(2, '0'))
}
