/** What can be attached to a request: documents that a browser or an office program shows. */
export type AttachmentType =
  | 'application/pdf'
  | 'image/png'
  | 'image/jpeg'
  | 'text/csv'
  | 'text/plain'

export const ATTACHMENT_BYTES_MAX = 5_000_000
const NAME_MAX = 120

/** The first bytes of what is no text. */
const beginnings = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
} as const

/** How files of a type may end; the first is added where a name ends otherwise. */
const endings = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'text/csv': ['.csv'],
  'text/plain': ['.txt'],
} as const satisfies Record<AttachmentType, readonly string[]>

/** For a browser's dialog that chooses a file. */
export const attachmentEndings: readonly string[] = Object.values(endings).flat()

export type JudgedAttachment =
  | { readonly name: string; readonly mediaType: AttachmentType }
  /** In words, with the way out. */
  | { readonly problem: string }

/** What a file is by its bytes, whatever it is called, and the name that is kept of it. */
export function judgeAttachment(file: {
  readonly name: string
  readonly bytes: Uint8Array
}): JudgedAttachment {
  const problem = sizeProblem(file.bytes.length)
  if (problem !== null) return { problem }
  const mediaType = typeOf(file)
  return mediaType === null
    ? {
        problem:
          'Only a PDF, a PNG or JPEG picture, a CSV or plain text (UTF-8) can be attached, and by its content this is none of them. Save it as a PDF and attach that.',
      }
    : { name: keptName(file.name, mediaType), mediaType }
}

/** What can be said of a file before it is read; null where nothing is wrong. */
export function sizeProblem(byteLength: number): string | null {
  if (byteLength === 0) return 'This file is empty. Choose the document itself.'
  if (byteLength <= ATTACHMENT_BYTES_MAX) return null
  const megabytes = (Math.ceil(byteLength / 100_000) / 10).toFixed(1)
  return `This file has ${megabytes} MB, and at most 5 MB can be attached. Attach a smaller copy, or only the pages that matter.`
}

function typeOf({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }) {
  for (const type of ['application/pdf', 'image/png', 'image/jpeg'] as const) {
    if (beginnings[type].every((byte, index) => bytes[index] === byte)) return type
  }
  if (!isText(bytes)) return null
  return hasEnding(name, 'text/csv') ? 'text/csv' : 'text/plain'
}

/** Whether it is built as UTF-8 is, with nothing in it that only programs write. */
function isText(bytes: Uint8Array): boolean {
  let missing = 0
  for (const byte of bytes) {
    if (missing > 0 && (byte & 0xc0) === 0x80) missing--
    else if (missing > 0 || isControl(byte)) return false
    else missing = followers(byte)
    if (missing < 0) return false
  }
  return missing === 0
}

function isControl(byte: number): boolean {
  return (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte)) || byte === 0x7f
}

/** How many bytes follow the first of a character; below zero where no character begins like this. */
function followers(first: number): number {
  if (first < 0x80) return 0
  if (first < 0xc2 || first > 0xf4) return -1
  if (first < 0xe0) return 1
  return first < 0xf0 ? 2 : 3
}

/**
 * The name without folders and without what cannot be seen or stored; it ends as its type does, so that no
 * computer runs what Desk took for a document.
 */
function keptName(name: string, type: AttachmentType): string {
  const plain = (name.normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replace(/\p{C}|\p{Zl}|\p{Zp}/gu, '')
    .replace(/[<>:"|?*%]/g, '_')
    .trim()
  const ending = hasEnding(plain, type) ? plain.slice(plain.lastIndexOf('.')) : endings[type][0]
  const stem = hasEnding(plain, type) ? plain.slice(0, plain.lastIndexOf('.')) : plain
  const kept = Array.from(stem.replace(/^[\s.]+/, ''))
    .slice(0, NAME_MAX - ending.length)
    .join('')
  return `${kept.replace(/[\s.]+$/, '') || 'attachment'}${ending}`
}

function hasEnding(name: string, type: AttachmentType): boolean {
  return endings[type].some((ending) => name.toLowerCase().endsWith(ending))
}
