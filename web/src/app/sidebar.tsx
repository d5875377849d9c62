import { Brand } from './brand.tsx'
import { Navigation } from './navigation.tsx'
import { PulseLine } from './pulse-line.tsx'

/** 224 px with words, icons only below 1100 px, absent below 768 px where a sheet takes its place. */
export function Sidebar() {
  return (
    <aside
      aria-label="Desk"
      className="row-span-2 hidden min-h-0 flex-col border-r border-line bg-surface px-2 py-3 md:flex"
    >
      <div className="px-2 pt-1 pb-4">
        <Brand compact />
      </div>
      <Navigation compact />
      <div className="mt-auto border-t border-line pt-2">
        <PulseLine compact />
      </div>
    </aside>
  )
}
