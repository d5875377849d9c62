import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { permissions, permissionsOf, permits } from './permissions.ts'
import { roles } from './roles.ts'

const someRoles = fc.subarray([...roles])
const somePermission = fc.constantFrom(...permissions)

describe('the permission table', () => {
  test('gives a visitor the greeting and the look at their invitation, nothing else', () => {
    expect([...permissionsOf([])]).toEqual(['greeting:read', 'invitation:read'])
  })

  test('gives an auditor every right to read, and none to change anything but their own account', () => {
    const readable = permissions.filter((permission) => permission.endsWith(':read'))
    expect(permissionsOf(['auditor'])).toEqual(new Set([...readable, 'profile:write']))
  })

  test('lets roles add up and never take away', () => {
    fc.assert(
      fc.property(someRoles, someRoles, somePermission, (some, more, permission) => {
        const either = permits(some, permission) || permits(more, permission)
        expect(permits([...some, ...more], permission)).toBe(either)
      }),
    )
  })

  test('names in the set exactly what it permits', () => {
    fc.assert(
      fc.property(someRoles, somePermission, (held, permission) => {
        expect(permissionsOf(held).has(permission)).toBe(permits(held, permission))
      }),
    )
  })
})
