import { UnreadableStatement } from './parsed-statement.ts'

export interface DecodedText {
  readonly text: string
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Latin-1'
}

/**
 * The text of a file: by its mark where it begins with one, otherwise as UTF-8, and where that it is not, as
 * Latin-1 with the characters that Windows adds. Refuses what is no text. `isPart` says that it may end in
 * the middle of a character.
 */
export function decodeText(bytes: Uint8Array, { isPart = false } = {}): DecodedText {
  refuseOthers(bytes)
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe)
    return { text: decoded(bytes, 'utf-16le'), encoding: 'UTF-16' }
  if (first === 0xfe && second === 0xff)
    return { text: decoded(bytes, 'utf-16be'), encoding: 'UTF-16' }
  if (bytes.subarray(0, 4_096).includes(0)) throw new UnreadableStatement(noText)
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    return { text: decoder.decode(bytes, { stream: isPart }), encoding: 'UTF-8' }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { text: decoded(bytes, 'windows-1252'), encoding: 'Latin-1' }
  }
}

function decoded(bytes: Uint8Array, label: string): string {
  return new TextDecoder(label).decode(bytes)
}

const noText = 'This file is no text. Ask your bank for the statement as CSV or as CAMT.053.'

const others = [
  ['%PDF', 'This is a PDF. Ask your bank for the statement as CSV or as CAMT.053.'],
  ['PK', 'This is a spreadsheet or a ZIP file. Save it as CSV, or take the XML file out of it.'],
  ['\u00D0\u00CF', 'This is a spreadsheet. Save it as CSV.'],
] as const

function refuseOthers(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new UnreadableStatement('The file is empty.')
  const head = decoded(bytes.subarray(0, 4), 'latin1')
  const other = others.find(([mark]) => head.startsWith(mark))
  if (other) throw new UnreadableStatement(other[1])
}
