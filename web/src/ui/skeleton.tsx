/** Stands where text will be, at its final size (give width and height by class). */
export function Skeleton({ className }: { readonly className: string }) {
  return <span aria-hidden className={`skeleton block ${className}`} />
}
