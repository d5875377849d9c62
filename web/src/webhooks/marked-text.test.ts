import { expect, test } from 'vitest'
import { hexText } from './hex-text.ts'
import { lagText } from './lag-text.ts'
import { markedText } from './marked-text.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

test('bytes that are no UTF-8 are set apart and said in hex, the text around them kept', () => {
  const bytes = Uint8Array.from([...bytesOf('a€'), 0xff, 0xc0, 0xaf, ...bytesOf('z'), 0xe2, 0x82])
  expect(markedText(bytes)).toEqual([
    { at: 0, text: 'a€', isInvalid: false },
    { at: 4, text: '\\xff\\xc0\\xaf', isInvalid: true },
    { at: 7, text: 'z', isInvalid: false },
    { at: 8, text: '\\xe2\\x82', isInvalid: true },
  ])
})

test('text of any script stands as it came, a mark at its beginning included', () => {
  const text = '\uFEFF{"name":"Ωμέγα 🛰️ 漢字 \u0000"}'
  expect(markedText(bytesOf(text))).toEqual([{ at: 0, text, isInvalid: false }])
  expect(markedText(new Uint8Array())).toEqual([])
})

test('halves of surrogate pairs and what lies beyond Unicode are no text', () => {
  for (const bytes of [
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf8, 0x88, 0x80, 0x80, 0x80],
  ]) {
    const parts = markedText(Uint8Array.from(bytes))
    expect(parts).toHaveLength(1)
    expect(parts[0]).toMatchObject({ isInvalid: true, at: 0 })
  }
})

test('hex stands beside where it is and what of it can be read', () => {
  expect(hexText(bytesOf('{"type":"payment.updated"}'))).toBe(
    [
      '000000  7b 22 74 79 70 65 22 3a 22 70 61 79 6d 65 6e 74  {"type":"payment',
      '000010  2e 75 70 64 61 74 65 64 22 7d                    .updated"}',
    ].join('\n'),
  )
})

test('a lag is said as finely as it can be read', () => {
  expect([0, -3, 38, 999.6, 1_234, 9_949, 14_000, 200_000].map(lagText)).toEqual([
    '0 ms',
    '0 ms',
    '38 ms',
    '1.0 s',
    '1.2 s',
    '9.9 s',
    '14 s',
    '3 min',
  ])
})
