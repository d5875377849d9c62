import type { Token } from './tokens.ts'

/** US dollars × 10^8 for one whole token, the resolution of `rateUsdAsset`. */
const baseRatesE8: Readonly<Record<string, number>> = {
  ETH: 374_205_353_900,
  BNB: 88_410_270_000,
  POL: 42_315_000,
  AVAX: 2_874_600_000,
  BTC: 9_741_850_000_000,
  LTC: 9_630_000_000,
  BCH: 51_240_000_000,
  DOGE: 17_400_000,
  TRX: 28_900_000,
  SOL: 15_830_000_000,
  TON: 231_500_000,
  XRP: 226_700_000,
}

const ONE_DOLLAR_E8 = 100_000_000
const DAY_MS = 86_400_000

/**
 * The price of a token at a moment, as US dollars × 10^8 for one whole token: always a safe integer.
 * Stablecoins are 1.0; the others drift slowly, the same way for everybody. The drift is drawn with
 * floats because it is weather; it becomes an integer here, before any money is computed from it.
 */
export function rateE8(token: Pick<Token, 'symbol' | 'type'>, at: number): number {
  if (token.type === 'stablecoin') return ONE_DOLLAR_E8
  const base = baseRatesE8[token.symbol]
  if (base === undefined) throw new Error(`No price for ${token.symbol}.`)
  const days = at / DAY_MS + token.symbol.length * 17
  const drift =
    0.16 * Math.sin((days * 2 * Math.PI) / 211) +
    0.05 * Math.sin((days * 2 * Math.PI) / 29) +
    0.012 * Math.sin(days * 2 * Math.PI * 1.7)
  return Math.round(base * (1 + drift))
}

/** `374205353900` → `"3742.05353900"`. */
export function rateText(rate: number): string {
  const digits = String(rate).padStart(9, '0')
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`
}
