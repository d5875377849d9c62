/** Beyond it nothing adds up exactly any more: ten thousand billion. */
const minorMax = 10n ** 15n

/**
 * Reads an amount as banks write it into hundredths: `1.234,56`, `1'234.56`, `-12.5`, `12.50-`, `(12.50)`,
 * with or without a currency. Null where it is none, has more than two decimals, or groups its digits otherwise than
 * by threes: nothing is guessed or rounded.
 */
export function parseMinor(text: string, decimalMark: '.' | ','): bigint | null {
  const bare = text.replaceAll(/[\s\u00A0\u202F]/g, '').replaceAll('−', '-')
  const signed =
    /^(?<open>\()?(?<sign>[-+])?(?:[A-Z]{3}|[$€£])?(?<second>[-+])?(?<digits>[\d.,'’]+)(?:[A-Z]{3}|[$€£])?(?<after>[-+])?(?<close>\))?$/i.exec(
      bare,
    )?.groups
  if (!signed) return null
  const { open, close, digits = '' } = signed
  const signs = [signed['sign'], signed['second'], signed['after'], open].filter(Boolean)
  if (signs.length > 1 || (open === undefined) !== (close === undefined)) return null
  const magnitude = unsignedMinor(digits, decimalMark)
  if (magnitude === null || magnitude > minorMax) return null
  return signs[0] === '-' || signs[0] === '(' ? -magnitude : magnitude
}

function unsignedMinor(digits: string, decimalMark: '.' | ','): bigint | null {
  const [whole = '', fraction = '', ...more] = digits.split(decimalMark)
  if (more.length > 0 || !/^\d{0,2}0*$/.test(fraction)) return null
  if (!/^(?:\d+|\d{1,3}(?<group>[.,'’])\d{3}(?:\k<group>\d{3})*)$/.test(whole)) return null
  const plain = whole.replaceAll(/[.,'’]/g, '')
  return plain.length > 18
    ? null
    : BigInt(plain) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0'))
}
