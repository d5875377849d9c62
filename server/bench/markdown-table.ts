/** A Markdown table, ready for the documentation; the first line names the columns. */
export function markdownTable(lines: readonly (readonly string[])[]): string {
  const [headings = [], ...rest] = lines
  const all = [headings, headings.map(() => '---'), ...rest]
  const widths = headings.map((_, column) =>
    Math.max(...all.map((line) => line[column]?.length ?? 0)),
  )
  return all
    .map(
      (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`,
    )
    .join('')
}
