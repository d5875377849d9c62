import { decodeText } from './decode-text.ts'

/** A column of a thousand ids is a twentieth of it. */
const FILE_BYTES_MAX = 2_000_000

interface ChosenFile {
  readonly text: string | null
  readonly fault: string | null
}

/** The text of a file, or why it cannot be read. */
export async function readChosenFile(file: File): Promise<ChosenFile> {
  if (file.size > FILE_BYTES_MAX) {
    return {
      text: null,
      fault: `${file.name} is larger than 2 MB. Save the column with the ids alone, or paste it.`,
    }
  }
  const text = decodeText(new Uint8Array(await file.arrayBuffer()))
  if (text === null) {
    return {
      text,
      fault: `${file.name} is no text file. Save a workbook as CSV, or copy its column and paste it.`,
    }
  }
  return text.trim() === ''
    ? { text: null, fault: `${file.name} is empty.` }
    : { text, fault: null }
}
