import { visibleText } from './visible-text.ts'

/** Spreadsheets read `_x0041_` as the character with that number, so its underscore has to be one itself. */
export function xlsxText(text: string): string {
  return visibleText(text)
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>"]/g, (character) => entities.get(character) ?? character)
    .replaceAll('\r', '_x000D_')
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])

/** 0 → A, 26 → AA. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter
}
