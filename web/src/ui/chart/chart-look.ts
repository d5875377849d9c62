/** Colours of charts are those of badges and of the series tokens, so that both themes have them. */
export const seriesColor = {
  ok: 'var(--ok)',
  idle: 'var(--idle)',
  warn: 'var(--warn)',
  bad: 'var(--bad)',
  first: 'var(--series-1)',
  second: 'var(--series-2)',
  third: 'var(--series-3)',
  fourth: 'var(--series-4)',
  fifth: 'var(--series-5)',
  usual: 'var(--text-faint)',
} as const

/** What axes and the grid look like everywhere. */
export const axisLook = {
  tick: { fill: 'var(--text-faint)', fontSize: 12 },
  tickLine: false,
  axisLine: false,
} as const
export const gridLook = { stroke: 'var(--line)', vertical: false } as const

/** Nothing moves when figures are read anew. */
export const still = { isAnimationActive: false } as const

/** With few points a line alone would not show them. */
export function dotsFor(points: number): { readonly r: number } | false {
  return points <= 40 ? { r: 2.5 } : false
}
