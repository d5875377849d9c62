import { readersLocale } from './readers-locale.ts'

/** `3.2 MB`. */
export function bytesText(bytes: number): string {
  const [unit, size] =
    bytes < 1_000_000 ? ['kB', bytes / 1_000] : (['MB', bytes / 1_000_000] as const)
  const figure = new Intl.NumberFormat(readersLocale, { maximumSignificantDigits: 3 })
  return `${figure.format(Math.max(size, 0.1))} ${unit}`
}
