import { sizeStepCents } from '@desk/shared/insights/size-steps'
import type { InsightFigures, Slippage, SlippagePart } from '@desk/shared/insights/insights'
import { confirmStepSeconds } from '@desk/shared/settlements/confirm-steps'
import type { InsightSums } from './insight-sums.queries.ts'

type Bucket = InsightSums['buckets'][number]
type Hour = InsightSums['hours'][number]

/** Sums as columns, with zeros where nothing was. */
export function figuresOf(
  sums: InsightSums,
  { days, isBefore }: { readonly days: readonly string[]; readonly isBefore: boolean },
): InsightFigures {
  const buckets = sums.buckets.filter(({ is_before }) => is_before === isBefore)
  const hours = sums.hours.filter(({ is_before }) => is_before === isBefore)
  const steps = sums.steps.filter(({ is_before }) => is_before === isBefore)
  const stepsOf = (measure: 'size' | 'confirm', count: number) =>
    Array.from({ length: count }, (_, at) =>
      steps
        .filter((row) => row.measure === measure && row.step === at)
        .reduce((sum, { payments }) => sum + payments, 0),
    )
  return {
    perDay: dayColumns(buckets, days),
    tokens: slippageBy(buckets, ({ token }) => token),
    networks: slippageBy(buckets, ({ network }) => network),
    hours: Array.from({ length: 24 }, (_, hour) =>
      slippageOf(hours.filter((row) => row.hour === hour)),
    ),
    week: {
      payments: weekOf(hours, ({ payments }) => payments),
      completed: weekOf(hours, ({ completed }) => completed),
    },
    confirm: stepsOf('confirm', confirmStepSeconds.length + 1),
    sizes: stepsOf('size', sizeStepCents.length + 1),
  }
}

function dayColumns(buckets: readonly Bucket[], days: readonly string[]): InsightFigures['perDay'] {
  const byDay = new Map(buckets.flatMap((row) => (row.day === null ? [] : [[row.day, row]])))
  const column = (field: keyof InsightFigures['perDay']) =>
    days.map((day) => byDay.get(day)?.[field] ?? 0)
  return {
    payments: column('payments'),
    quoted: column('quoted'),
    seen: column('seen'),
    completed: column('completed'),
    underpaid: column('underpaid'),
    overpaid: column('overpaid'),
    late: column('late'),
  }
}

/** The dearest first; parts of which nothing was completed are left out. */
function slippageBy(
  buckets: readonly Bucket[],
  nameOf: (bucket: Bucket) => string | null,
): SlippagePart[] {
  return buckets
    .flatMap((row) => {
      const name = nameOf(row)
      return name === null || row.completed === 0 ? [] : [{ name, ...slippageOf([row]) }]
    })
    .toSorted((a, b) => a.cents - b.cents || (a.name < b.name ? -1 : 1))
}

function slippageOf(
  rows: readonly Pick<Hour, 'completed' | 'gross_cents' | 'slippage_cents'>[],
): Slippage {
  return {
    payments: rows.reduce((sum, { completed }) => sum + completed, 0),
    cents: rows.reduce((sum, { slippage_cents }) => sum + slippage_cents, 0),
    grossCents: rows.reduce((sum, { gross_cents }) => sum + gross_cents, 0),
  }
}

function weekOf(hours: readonly Hour[], countOf: (hour: Hour) => number): number[] {
  const cells = Array.from({ length: 7 * 24 }, () => 0)
  for (const row of hours) {
    const cell = (row.weekday - 1) * 24 + row.hour
    cells[cell] = (cells[cell] ?? 0) + countOf(row)
  }
  return cells
}
