import { visibleText } from './visible-text.ts'

/**
 * CSV as RFC 4180 has it: commas, CRLF, quotes where needed. Text that a spreadsheet would run as a formula
 * gets an apostrophe in front. For csv-stringify, with text that went through `csvCell`.
 */
export const rfc4180 = {
  record_delimiter: '\r\n',
  // Next to CRLF it leaves a lone line end without quotes.
  quoted_match: /[\r\n]/,
  escape_formulas: true,
} as const

/** Text for a cell: readable, and with an apostrophe where csv-stringify takes no formula to begin. */
export function csvCell(text: string): string {
  const visible = visibleText(text)
  return /^(?:\n|[\s\uFEFF]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/.test(visible) &&
    !/^[\t\r]/.test(visible)
    ? `'${visible}`
    : visible
}
