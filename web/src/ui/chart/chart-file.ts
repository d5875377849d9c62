import { unparse } from 'papaparse'

/** What a chart shows as a table of plain values: days as `YYYY-MM-DD`, money as exact decimals. */
export interface ChartFileRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** CSV that spreadsheets open as it is; text they would run as a formula gets an apostrophe in front. */
export function chartCsv({ columns, rows }: ChartFileRows): string {
  const records = [[...columns], ...rows.map((row) => [...row])]
  return `\uFEFF${unparse(records, { newline: '\r\n', escapeFormulae: /^[=+@\t\r]|^-(?![\d.]+$)/ })}\r\n`
}

/** Hands a file to the browser. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has taken over by the next turns of its loop.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The drawing as it stands, on the ground of its theme, at twice its size. Rejects where it cannot be drawn. */
export async function chartPng(drawing: SVGSVGElement): Promise<Blob> {
  const { width, height } = drawing.getBoundingClientRect()
  const image = new Image(width, height)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standaloneSvg(drawing, { width, height }))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = height * scale
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('This browser draws no pictures.')
  pen.fillStyle = getComputedStyle(drawing).getPropertyValue('--surface')
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture came of it.'))))
  })
}

const scale = 2
const drawnProperties = ['fill', 'stroke', 'font-size', 'font-family', 'opacity'] as const

/** A picture by itself knows neither the colours of the page nor its fonts: each element says its own. */
function standaloneSvg(
  drawing: SVGSVGElement,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const copy = drawing.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) throw new Error('A copy of a drawing is a drawing.')
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  const copies = copy.querySelectorAll<SVGElement>('*')
  for (const [index, element] of drawing.querySelectorAll('*').entries()) {
    const look = getComputedStyle(element)
    for (const property of drawnProperties) {
      copies[index]?.style.setProperty(property, look.getPropertyValue(property))
    }
  }
  return new XMLSerializer().serializeToString(copy)
}
