import { type RefObject, useState } from 'react'
import { Button } from '../button.tsx'
import type { ChartFileRows } from './chart-file.ts'

/** A chart's figures as CSV and, while it is drawn, the drawing as PNG. */
export function ChartDownloads({ title, name, isDrawn, frame, ...rows }: ChartDownloadsProps) {
  const [hasFailed, setFailed] = useState(false)
  const save = async (kind: 'csv' | 'png') => {
    setFailed(false)
    try {
      const files = await import('./chart-file.ts')
      const drawing = frame.current?.querySelector<SVGSVGElement>('svg.recharts-surface')
      if (kind === 'csv') {
        const text = new Blob([files.chartCsv(rows)], { type: 'text/csv;charset=utf-8' })
        files.saveFile(`${name}.csv`, text)
      } else if (drawing) {
        files.saveFile(`${name}.png`, await files.chartPng(drawing))
      }
    } catch {
      setFailed(true)
    }
  }
  return (
    <>
      <Button
        variant="ghost"
        aria-label={`Download “${title}” as CSV`}
        onClick={() => void save('csv')}
      >
        CSV
      </Button>
      {isDrawn && (
        <Button
          variant="ghost"
          aria-label={`Download “${title}” as PNG`}
          onClick={() => void save('png')}
        >
          PNG
        </Button>
      )}
      {hasFailed && (
        <p role="alert" className="w-full text-right text-xs text-bad">
          The file could not be made. Try again.
        </p>
      )}
    </>
  )
}

interface ChartDownloadsProps extends ChartFileRows {
  readonly title: string
  /** Without its ending. */
  readonly name: string
  readonly isDrawn: boolean
  readonly frame: RefObject<HTMLElement | null>
}
