import { describe, expect, test } from 'vitest'
import {
  permissions,
  permissionsBeforeEnrolment,
  permissionsOf,
  permits,
} from '@desk/shared/identity/permissions'
import { type Role, roles } from '@desk/shared/identity/roles'
import type { PaletteRoom } from './palette-room.ts'
import { roomsFor } from './rooms-for.ts'
import { paletteRooms } from './rooms.ts'

/** Everything in these rooms that somebody could choose or read. */
function offersIn(rooms: readonly PaletteRoom[]) {
  return rooms.flatMap(({ places = [], actions = [], current, kinds = [] }) => [
    ...places,
    ...actions,
    ...(current?.actions ?? []),
    ...kinds.map(({ heading, permission }) => ({ name: `${heading} (kind)`, permission })),
  ])
}

function offeredTo(held: readonly Role[]): string[] {
  const me = { permissions: [...permissionsOf(held)], mustEnrol: false }
  return offersIn(roomsFor(paletteRooms, me)).map(({ name }) => name)
}

const all = offersIn(paletteRooms)

test('everything in the palette names a permission of the one table', () => {
  for (const { permission } of all) expect(permissions).toContain(permission)
})

describe.each(roles)('to %s', (role) => {
  test('exactly what the role may do is offered', () => {
    const allowed = all.filter(({ permission }) => permits([role], permission))
    expect(offeredTo([role])).toEqual(allowed.map(({ name }) => name))
  })
})

test.each([
  [['auditor'], ['Audit log', 'Team', 'People (kind)', 'Copy link', 'Sign out']],
  [['support'], ['New payment', 'Add a note', 'Hand over', 'Refresh from SpacePay']],
  [['approver'], ['Add a note', 'Hand over', 'Payments']],
  [['admin'], ['Invite a person', 'New payment', 'Audit log']],
] as const)('%s are offered %s', (held, names) => {
  expect(offeredTo(held)).toEqual(expect.arrayContaining([...names]))
})

test.each([
  [
    ['auditor'],
    ['New payment', 'New payment from this', 'Refresh from SpacePay', 'Add a note', 'Hand over'],
  ],
  [['auditor'], ['Invite a person']],
  [
    ['support', 'finance'],
    ['Audit log', 'Team', 'People (kind)', 'Invite a person'],
  ],
  [['approver'], ['New payment', 'Refresh from SpacePay']],
] as const)('%s are never offered %s', (held, names) => {
  for (const name of names) expect(offeredTo(held)).not.toContain(name)
})

test('whoever has to add a second factor first is offered what they may do before that', () => {
  const me = { permissions: [...permissionsBeforeEnrolment], mustEnrol: true }
  for (const { permission } of offersIn(roomsFor(paletteRooms, me))) {
    expect(permissionsBeforeEnrolment).toContain(permission)
  }
})

test('names are unlike one another: they are the keys of what is on screen', () => {
  const names = all.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test('the payment that is open is told from the address of every screen that shows one', () => {
  const [current] = paletteRooms.flatMap((room) => room.current ?? [])
  const idAt = (path: string, more: object = {}) =>
    current?.idAt({ path, params: {}, search: {}, ...more })
  expect(idAt('/payments/$paymentId', { params: { paymentId: 'pay_1' } })).toBe('pay_1')
  expect(idAt('/payments', { search: { open: 'pay_2' } })).toBe('pay_2')
  expect(idAt('/attention', { search: { open: 'pay_3' } })).toBe('pay_3')
  expect(idAt('/payments/find', { search: { open: 'pay_5' } })).toBe('pay_5')
  expect(idAt('/audit', { search: { open: 'pay_4' } })).toBeNull()
  expect(idAt('/payments', { search: { open: 'x'.repeat(65) } })).toBeNull()
  expect(idAt('/payments')).toBeNull()
})
