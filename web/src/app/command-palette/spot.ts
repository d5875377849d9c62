import type { DeskRouter } from '../router.tsx'
import type { PaletteDesk, PaletteRoom, PaletteSpot } from './palette-room.ts'
import type { Recent } from './recent.ts'

export function spotOf(router: DeskRouter): PaletteSpot {
  const { fullPath = '/', params = {}, search = {} } = router.state.matches.at(-1) ?? {}
  return { path: fullPath, params: { ...params }, search: { ...search } }
}

/** The kind under which screens are kept. */
export const PLACE = 'place'

/** What the person looks at, as it is kept among what they looked at; null while it has no name. */
export function lookedAt(
  spot: PaletteSpot,
  rooms: readonly PaletteRoom[],
  desk: Pick<PaletteDesk, 'api' | 'queryClient'>,
): Recent | null {
  for (const kind of rooms.flatMap(({ kinds = [] }) => kinds)) {
    const one = kind.at?.(spot, desk)
    if (one) return { kind: kind.kind, ...one }
  }
  const place = rooms.flatMap(({ places = [] }) => places).find(({ path }) => path === spot.path)
  return place?.path === undefined ? null : { kind: PLACE, id: place.path, name: place.name }
}
