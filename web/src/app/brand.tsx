/** The product's mark and name. `compact` leaves the mark alone below `lg`. */
export function Brand({ compact = false }: { readonly compact?: boolean }) {
  return (
    <span
      className={`flex items-center gap-2 text-md font-semibold ${compact ? 'justify-center lg:justify-start' : ''}`}
    >
      <span
        aria-hidden
        className="grid size-[22px] flex-none place-items-center rounded-md bg-accent text-xs leading-none font-semibold text-on-accent"
      >
        D
      </span>
      <span
        className={compact ? 'hidden flex-1 items-baseline lg:flex' : 'flex flex-1 items-baseline'}
      >
        SpacePay <span className="ml-auto pl-2 text-xs font-normal text-muted">Desk</span>
      </span>
    </span>
  )
}
