import type { PaletteGroup, PaletteOption } from './palette-groups.ts'
import type {
  PaletteAction,
  PaletteDesk,
  PaletteKind,
  PaletteObject,
  PaletteRoom,
  PaletteSpot,
} from './palette-room.ts'
import { keepRecent, type Recent } from './recent.ts'
import { lookedAt, PLACE } from './spot.ts'

const RECENT_SHOWN = 6

interface Standing {
  readonly desk: PaletteDesk
  readonly spot: PaletteSpot
  /** What the person may do, as `roomsFor` leaves it. */
  readonly rooms: readonly PaletteRoom[]
}

/** All that can be done from here, what is done to the thing on screen first. */
export function offerGroups(standing: Standing): readonly PaletteGroup[] {
  const isMeant = () => true
  return [...currentGroups(standing, isMeant), ...otherGroups(standing, isMeant)]
}

/** What stands there before anything is typed. */
export function firstGroups(standing: Standing, kept: readonly Recent[]): readonly PaletteGroup[] {
  const { desk, spot, rooms } = standing
  const isMeant: Meant = ({ firstFor = [] }) =>
    firstFor.some((role) => desk.me.roles.includes(role))
  const here = lookedAt(spot, rooms, desk)
  const recent = recentOptions(
    standing,
    kept.filter(({ kind, id }) => here?.kind !== kind || here.id !== id),
  )
  // What is on screen is no place to go to, and nothing is said twice.
  const listed = new Set([...recent.map(({ name }) => name), here?.kind === PLACE && here.name])
  const others = otherGroups(standing, (offer) => isMeant(offer) && !listed.has(offer.name))
  return [
    ...currentGroups(standing, isMeant),
    ...(recent.length > 0 ? [{ heading: 'Recent', options: recent }] : []),
    ...others,
  ]
}

type Meant = (offer: Pick<PaletteAction, 'name' | 'firstFor'>) => boolean

/** Rooms may share a heading: several have something to do to a payment. */
function currentGroups({ desk, spot, rooms }: Standing, isMeant: Meant): PaletteGroup[] {
  const groups = new Map<string, PaletteOption[]>()
  for (const { current } of rooms) {
    const id = current?.idAt(spot) ?? null
    if (!current || id === null) continue
    const offered = current.actions.filter(
      (action) => isMeant(action) && action.isOffered?.(desk, id) !== false,
    )
    const options = offered.map((action) => optionOf(action, () => action.run(desk, id)))
    groups.set(current.heading, [...(groups.get(current.heading) ?? []), ...options])
  }
  return filled(Array.from(groups, ([heading, options]) => ({ heading, options })))
}

function otherGroups({ desk, rooms }: Standing, isMeant: Meant): PaletteGroup[] {
  const optionsOf = (actions: readonly PaletteAction[]) =>
    actions
      .filter((action) => isMeant(action) && action.isOffered?.(desk) !== false)
      .map((action) => optionOf(action, () => action.run(desk)))
  return filled([
    { heading: 'Actions', options: optionsOf(rooms.flatMap((room) => room.actions ?? [])) },
    { heading: 'Go to', options: optionsOf(rooms.flatMap((room) => room.places ?? [])) },
  ])
}

function filled(groups: readonly PaletteGroup[]): PaletteGroup[] {
  return groups.filter(({ options }) => options.length > 0)
}

function optionOf(
  { name, words, icon }: Pick<PaletteAction, 'name' | 'words' | 'icon'>,
  run: PaletteOption['run'],
): PaletteOption {
  return { key: `offer:${name}`, name, words, icon, run }
}

/** A thing of a kind; opening it keeps it among what was looked at. */
export function objectOption(
  { kind, icon, open }: PaletteKind,
  { id, name, ...more }: PaletteObject,
  desk: PaletteDesk,
): PaletteOption {
  return {
    ...more,
    key: `${kind}:${id}`,
    name,
    icon,
    run: () => {
      keepRecent(desk.me.userId, { kind, id, name })
      return open(desk, id)
    },
  }
}

/** What the person may no longer see is left out. */
function recentOptions(
  { desk, rooms }: Standing,
  kept: readonly Recent[],
): readonly PaletteOption[] {
  const kinds = rooms.flatMap((room) => room.kinds ?? [])
  const places = rooms.flatMap((room) => room.places ?? [])
  const options = kept.flatMap((one): PaletteOption[] => {
    const kind = kinds.find((known) => known.kind === one.kind)
    if (kind) return [{ ...objectOption(kind, one, desk), detail: kind.noun }]
    const place = places.find(({ path }) => one.kind === PLACE && path === one.id)
    return place ? [optionOf(place, () => place.run(desk))] : []
  })
  return options.slice(0, RECENT_SHOWN)
}
