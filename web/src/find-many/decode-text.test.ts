import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

const text = 'Kunde;Bestellung\r\nZoë;ORDER-1\r\n'

const latin1 = (written: string) => Uint8Array.from(written, (one) => one.charCodeAt(0))
const utf16 = (written: string, isLittle: boolean) =>
  Uint8Array.from(
    Array.from(written, (one) => one.charCodeAt(0)).flatMap((unit) =>
      isLittle ? [unit % 256, unit >> 8] : [unit >> 8, unit % 256],
    ),
  )

test.each([
  ['UTF-8', new TextEncoder().encode(text)],
  ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${text}`)],
  ['UTF-16 with a mark', utf16(`\uFEFF${text}`, true)],
  ['UTF-16 of the other end with a mark', utf16(`\uFEFF${text}`, false)],
  ['UTF-16 without a mark', utf16(text, true)],
  ['UTF-16 of the other end without a mark', utf16(text, false)],
  ['Latin-1', latin1(text)],
])('reads %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(text)
})

test('reads what only Windows-1252 has', () => {
  expect(decodeText(Uint8Array.of(0x80, 0x93, 0x41, 0x94))).toBe('€“A”')
})

test('takes a workbook or a picture for no text', () => {
  expect(decodeText(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0xff, 0x21))).toBeNull()
  expect(decodeText(new Uint8Array())).toBe('')
})
