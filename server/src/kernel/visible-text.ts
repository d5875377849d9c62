/**
 * Control characters as their visible pictures, half a surrogate pair as the replacement character: no
 * reader of files takes them, and leaving them out would hide that they were there. Tabs and line ends stay.
 */
export function visibleText(text: string): string {
  if (!unreadable.test(text)) return text
  return text
    .toWellFormed()
    .replace(/\p{Cc}/gu, (character) => pictureOf(character))
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
}

const unreadable = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u
const kept = '\t\n\r'
const BLANK = 0x20
const DELETE = 0x7f

function pictureOf(control: string): string {
  if (kept.includes(control)) return control
  const code = control.charCodeAt(0)
  if (code < BLANK) return String.fromCharCode(0x2400 + code)
  return code === DELETE ? '\u2421' : '\uFFFD'
}
