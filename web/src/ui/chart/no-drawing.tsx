/** Stands where a chart would have nothing to draw, as high as the chart. */
export function NoDrawing({ children }: { readonly children: string }) {
  return <p className="grid h-44 place-items-center px-4 text-sm text-muted">{children}</p>
}
