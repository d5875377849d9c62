import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  needsSecondFactor,
  permissionBlock,
  permissions,
  permissionsBeforeEnrolment,
  permissionsOf,
  permits,
} from './permissions.ts'
import { type Role, roles } from './roles.ts'

const someRoles = fc.subarray([...roles])
const somePermission = fc.constantFrom(...permissions)

describe('the permission table', () => {
  test('gives a visitor the greeting and the look at their invitation, nothing else', () => {
    expect([...permissionsOf([])]).toEqual(['greeting:read', 'invitation:read'])
  })

  test('gives an auditor every right to read and to take evidence away, and none to change anything but what is their own', () => {
    const readable = permissions.filter((permission) => permission.endsWith(':read'))
    expect(permissionsOf(['auditor'])).toEqual(
      new Set([
        ...readable,
        'webhooks:export',
        'withdrawals:export',
        'profile:write',
        'views:write',
      ]),
    )
  })

  test('gives the evidence of withdrawals, which holds whole entries of the audit log, to nobody who may not read the log', () => {
    const holders = roles.filter((role) => permits([role], 'withdrawals:export'))
    expect(holders).toEqual(['admin', 'auditor'])
    for (const role of holders) {
      expect(permits([role], 'audit:read')).toBe(true)
      expect(permits([role], 'withdrawals:read')).toBe(true)
    }
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

describe('what somebody may not do', () => {
  const holder = (roles: readonly Role[], mustEnrol = false) => ({
    permissions: mustEnrol ? permissionsBeforeEnrolment : permissionsOf(roles),
    mustEnrol,
  })

  test('has a reason in words exactly where it is not permitted', () => {
    fc.assert(
      fc.property(someRoles, somePermission, (held, permission) => {
        const block = permissionBlock(holder(held), permission)
        expect(block === null).toBe(permits(held, permission))
        expect(block ?? 'This needs the role x. An admin can give it to you.').toMatch(
          /^This needs the role .+\. An admin can give it to you\.$/,
        )
      }),
    )
  })

  test('is told with the roles that may', () => {
    expect(permissionBlock(holder(['auditor']), 'people:write')).toMatch(/the role Admin\./)
    expect(permissionBlock(holder(['auditor']), 'payments:refresh')).toMatch(
      /the role Support, Finance or Admin\./,
    )
  })

  test('before enrolment is everything but one’s own account, and the way out is a second factor', () => {
    expect([...permissionsBeforeEnrolment].toSorted()).toEqual([
      'greeting:read',
      'invitation:read',
      'profile:write',
      'session:read',
    ])
    fc.assert(
      fc.property(somePermission, (permission) => {
        const block = permissionBlock(holder(['admin'], true), permission)
        expect(block).toBe(
          permissionsBeforeEnrolment.has(permission)
            ? null
            : 'Add a second factor first: your roles ask for one.',
        )
      }),
    )
  })

  test('a second factor is forced on whoever holds approver or admin, among others too', () => {
    fc.assert(
      fc.property(someRoles, (held) => {
        expect(needsSecondFactor(held)).toBe(held.includes('approver') || held.includes('admin'))
      }),
    )
  })
})
