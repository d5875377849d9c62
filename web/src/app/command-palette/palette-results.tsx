import { Kbd } from '../../ui/kbd.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { PaletteGroup, PaletteOption } from './palette-groups.ts'
import { PaletteFailure, PaletteHint, PaletteMiss } from './palette-states.tsx'
import type { Palette } from './use-palette.ts'

/** What the text means, line by line; then what is missing and why. */
export function PaletteResults({ palette, groups, marked, ...on }: PaletteResultsProps) {
  const { typed, isPending, isSettled, failed } = palette
  const text = typed.trim()
  const count = groups.reduce((sum, { options }) => sum + options.length, 0)
  const isMiss = text !== '' && isSettled && failed === null && count === 0
  return (
    <>
      {(count > 0 || isPending) && (
        <div
          id="palette-options"
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold more than text
          role="listbox"
          aria-label="Results"
          aria-busy={isPending}
          className="min-h-0 flex-1 scroll-py-2 overflow-auto overscroll-contain p-2"
        >
          {groups.map((group) => (
            <Group key={group.heading} group={group} marked={marked} {...on} />
          ))}
          {isPending && <Waiting />}
        </div>
      )}
      {text === '' && <PaletteHint />}
      {isMiss && <PaletteMiss text={text} onLeave={on.onLeave} />}
      {failed && <PaletteFailure failed={failed} />}
      <output aria-live="polite" className="sr-only">
        {text !== '' && isSettled && (count === 1 ? '1 result' : `${count} results`)}
      </output>
    </>
  )
}

interface PaletteResultsProps extends LineActions {
  readonly palette: Palette
  readonly groups: readonly PaletteGroup[]
  readonly marked: PaletteOption | null
  readonly onLeave: () => void
}

interface LineActions {
  readonly onMark: (key: string) => void
  readonly onChoose: (option: PaletteOption) => void
}

function Group({ group: { heading, options }, marked, ...on }: GroupProps) {
  const id = lineId(`group:${heading}`)
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset is no part of a listbox
    <div role="group" aria-labelledby={id} className="mb-1">
      <div id={id} role="presentation" className="px-3 pt-2 pb-1 text-xs font-medium text-faint">
        {heading}
      </div>
      {options.map((option) => (
        <Line key={option.key} option={option} isMarked={option.key === marked?.key} {...on} />
      ))}
    </div>
  )
}

interface GroupProps extends LineActions {
  readonly group: PaletteGroup
  readonly marked: PaletteOption | null
}

function Line({ option, isMarked, onMark, onChoose }: LineProps) {
  const { key, name, detail, icon: Icon, row } = option
  return (
    // Keys are handled by the field, which keeps the focus and names the marked option.
    <div
      id={lineId(key)}
      ref={isMarked ? intoView : null}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
      role="option"
      tabIndex={-1}
      aria-selected={isMarked}
      // Lines that come to lie under a resting pointer are not meant.
      onPointerMove={({ movementX, movementY }) => {
        if (!isMarked && (movementX !== 0 || movementY !== 0)) onMark(key)
      }}
      onClick={() => onChoose(option)}
      onKeyDown={(event) => event.key === 'Enter' && onChoose(option)}
      className="flex min-h-10 items-center gap-3 rounded-md px-3 py-1.5 text-sm aria-selected:bg-selected max-md:min-h-11"
    >
      <Icon aria-hidden className="size-4 flex-none text-muted" strokeWidth={1.7} />
      {row ?? (
        <>
          <span className="min-w-0 flex-1 truncate">{name}</span>
          {detail && (
            <span className="max-w-1/2 flex-none truncate text-xs text-muted">{detail}</span>
          )}
        </>
      )}
    </div>
  )
}

interface LineProps extends LineActions {
  readonly option: PaletteOption
  readonly isMarked: boolean
}

/** Names what people wrote, so it may hold anything, and an id may hold no spaces. */
export function lineId(key: string): string {
  return `palette-${encodeURIComponent(key)}`
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

function Waiting() {
  return (
    <div aria-hidden className="flex flex-col gap-5 px-3 py-2.5">
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="h-5 w-1/2" />
      <Skeleton className="h-5 w-3/5" />
    </div>
  )
}

/** Which keys do what; phones have none of them. */
export function PaletteKeys() {
  return (
    <p className="mt-auto flex h-9 flex-none items-center gap-4 border-t border-line px-4 text-xs text-faint max-md:hidden">
      {keys.map(({ names, does }) => (
        <span key={does} className="inline-flex items-center gap-1.5">
          {names.map((name) => (
            <Kbd key={name}>{name}</Kbd>
          ))}
          {does}
        </span>
      ))}
    </p>
  )
}

const keys = [
  { names: ['↑', '↓'], does: 'move' },
  { names: ['Enter'], does: 'open or do' },
  { names: ['Esc'], does: 'close' },
] as const
