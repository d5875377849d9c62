import { type Permission, permissionBlock } from '@desk/shared/identity/permissions'
import type { PaletteRoom } from './palette-room.ts'

interface Holder {
  readonly permissions: readonly Permission[]
  readonly mustEnrol: boolean
}

/** The rooms with nothing in them that this person may not do, by the table that the server refuses by. */
export function roomsFor(rooms: readonly PaletteRoom[], me: Holder): readonly PaletteRoom[] {
  const held = { permissions: new Set(me.permissions), mustEnrol: me.mustEnrol }
  const allowed = <T extends { readonly permission: Permission }>(offers: readonly T[] = []) =>
    offers.filter(({ permission }) => permissionBlock(held, permission) === null)
  return rooms.map(({ places, actions, current, kinds }) => ({
    places: allowed(places),
    actions: allowed(actions),
    kinds: allowed(kinds),
    ...(current && { current: { ...current, actions: allowed(current.actions) } }),
  }))
}
