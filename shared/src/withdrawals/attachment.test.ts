import { utf8ToBytes } from '@noble/hashes/utils.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ATTACHMENT_BYTES_MAX,
  attachmentEndings,
  judgeAttachment,
  sizeProblem,
} from './attachment.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const pdf = bytesOf('%PDF-1.7\n\u0000\u00e2')
const judged = (name: string, bytes: Uint8Array) => judgeAttachment({ name, bytes })

describe('a file that is attached', () => {
  test.each([
    ['invoice.pdf', pdf, 'application/pdf'],
    ['scan.png', bytesOf('\u0089PNG\r\n\u001a\n\u0000'), 'image/png'],
    ['photo.JPEG', bytesOf('\u00ff\u00d8\u00ff\u00e0'), 'image/jpeg'],
    ['lines.csv', bytesOf('a,b\r\n1,2\r\n'), 'text/csv'],
    ['note.txt', bytesOf('Invoice 17'), 'text/plain'],
    ['umlaut.txt', utf8ToBytes('Müller, 100 €, 🧾'), 'text/plain'],
  ])('%s is what its bytes say', (name, bytes, mediaType) => {
    expect(judged(name, bytes)).toEqual({ name, mediaType })
  })

  test.each([
    ['a program', 'invoice.pdf', bytesOf('MZ\u0090\u0000')],
    ['a zip that is called a PDF', 'invoice.pdf', bytesOf('PK\u0003\u0004')],
    ['text that is no UTF-8', 'note.txt', bytesOf('caf\u00e9')],
    ['text that ends within a character', 'note.txt', bytesOf('caf\u00c3')],
    ['text with a byte that begins nothing', 'note.txt', bytesOf('caf\u00ff')],
    ['text with a zero byte', 'lines.csv', bytesOf('a,b\u0000')],
  ])('is refused where it is %s, with the way out', (_, name, bytes) => {
    expect(judged(name, bytes)).toEqual({
      problem: expect.stringContaining('Save it as a PDF'),
    })
  })

  test('is refused where it is empty or too large, each in its own words', () => {
    expect(judged('a.pdf', new Uint8Array())).toEqual({
      problem: 'This file is empty. Choose the document itself.',
    })
    expect(sizeProblem(ATTACHMENT_BYTES_MAX)).toBeNull()
    const tooLarge = new Uint8Array(ATTACHMENT_BYTES_MAX + 1)
    expect(judged('a.pdf', tooLarge)).toEqual({
      problem: expect.stringContaining('has 5.1 MB, and at most 5 MB'),
    })
  })

  test.each([
    ['../../etc/passwd', 'passwd.pdf'],
    [String.raw`C:\Users\me\invoice.pdf`, 'invoice.pdf'],
    ['invoice.pdf.exe', 'invoice.pdf.exe.pdf'],
    ['in\u202evoice\u0000\r\n.pdf', 'invoice.pdf'],
    ['a"b<c>.pdf', 'a_b_c_.pdf'],
    ['.pdf', 'attachment.pdf'],
    ['...', 'attachment.pdf'],
    ['', 'attachment.pdf'],
    ['Rechnung Müller 2026.PDF', 'Rechnung Müller 2026.PDF'],
  ])('called %j is kept as %j', (name, kept) => {
    expect(judged(name, pdf)).toMatchObject({ name: kept })
  })

  test('never keeps a name that leads elsewhere, hides something, or ends as a program', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const result = judged(name, pdf)
        const kept = 'name' in result ? result.name : ''
        expect(kept).not.toMatch(/[/\\"<>:|?*%]|\p{C}/u)
        expect(kept).not.toMatch(/^[\s.]/)
        expect(kept.toLowerCase().endsWith('.pdf')).toBe(true)
        expect(Array.from(kept).length).toBeLessThanOrEqual(120)
        // What was kept is kept as it is.
        expect(judged(kept, pdf)).toEqual(result)
      }),
    )
  })

  test('is offered by every ending that its types have', () => {
    expect(attachmentEndings).toEqual(['.pdf', '.png', '.jpg', '.jpeg', '.csv', '.txt'])
  })
})
