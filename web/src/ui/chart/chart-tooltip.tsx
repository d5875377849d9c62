export interface PointFigures {
  readonly title: string
  readonly figures: readonly { readonly label: string; readonly value: string }[]
}

/**
 * What one point of a chart says, under the pointer or where the keyboard is. The chart gives `active` and
 * `payload`; `of` tells the point by its `at`.
 */
export function ChartTooltip({ of, active, payload }: ChartTooltipProps) {
  const at = active ? atOf(payload?.[0]?.payload) : null
  const point = at === null ? null : of(at)
  if (point === null) return null
  return (
    <div className="rounded-md bg-surface px-3 py-2 text-xs shadow-overlay">
      <p className="mb-1 font-medium">{point.title}</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5 tabular-nums">
        {point.figures.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

interface ChartTooltipProps {
  readonly of: (at: string) => PointFigures | null
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: unknown }[]
}

function atOf(point: unknown): string | null {
  const isPoint = typeof point === 'object' && point !== null && 'at' in point
  return isPoint && typeof point.at === 'string' ? point.at : null
}
