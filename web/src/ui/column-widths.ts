import { useState } from 'react'

/** Room for the column that takes what is left. */
const LEFT_MIN = 140
const WIDTH_MIN = 64

interface SizedColumn {
  readonly id?: string
  readonly meta?: { readonly width?: number }
}

interface Sizing {
  readonly columns: readonly SizedColumn[]
  readonly widths: Readonly<Partial<Record<string, number>>> | undefined
  readonly onWidth: ((column: string, width: number | null) => void) | undefined
}

export interface ColumnSizes {
  /** Pixels; undefined takes what is left. */
  readonly widthOf: (column: string) => number | undefined
  /** Pixels that the table needs at least; where there are fewer, it scrolls sideways. */
  readonly least: number
  /** Every column has a width, so something else has to take what is left. */
  readonly hasFiller: boolean
  readonly onDrag: (column: string, width: number) => void
  readonly onDone: (column: string, width: number | null) => void
  readonly onWidth: Sizing['onWidth']
}

/** How wide columns are: as they were made, as somebody made them, or as somebody drags one right now. */
export function useColumnWidths({ columns, widths, onWidth }: Sizing): ColumnSizes {
  const [drag, setDrag] = useState<{ readonly column: string; readonly width: number } | null>(null)
  const usual = new Map(columns.map(({ id, meta }) => [id, meta?.width]))
  const widthOf = (column: string) =>
    drag?.column === column ? drag.width : (widths?.[column] ?? usual.get(column))
  const all = columns.map(({ id = '' }) => widthOf(id))
  return {
    widthOf,
    least: all.reduce((sum: number, width) => sum + (width ?? LEFT_MIN), 0),
    hasFiller: all.every((width) => width !== undefined),
    onDrag: (column, width) => setDrag({ column, width: Math.max(width, WIDTH_MIN) }),
    onDone: (column, width) => {
      setDrag(null)
      if (width !== null) onWidth?.(column, width)
    },
    onWidth,
  }
}
