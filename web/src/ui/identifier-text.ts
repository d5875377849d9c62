const SHORT_ENOUGH = 16

/** `0x52ae…4ee7`, `4291f9…1c96`: both ends of a long id, since people compare ends. Short ids stay whole. */
export function shortIdentifier(value: string): string {
  if (value.length <= SHORT_ENOUGH) return value
  return `${value.slice(0, 6)}…${value.slice(-4)}`
}
