import { shortSpan } from '../ui/moment-text.ts'

/** `"38 ms"`, `"1.2 s"`, `"14 s"`, `"3 min"`: for what is over within moments, and for what is not. */
export function lagText(milliseconds: number): string {
  const shown = Math.max(0, milliseconds)
  if (shown < 999.5) return `${Math.round(shown)} ms`
  if (shown < 9_950) return `${(shown / 1000).toFixed(1)} s`
  return shortSpan(shown)
}
