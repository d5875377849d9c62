import { expect, test } from 'vitest'
import { contextOf } from '../kernel/context.fixtures.ts'
import { testDatabase } from '../testing/test-database.ts'
import { arrange, createCaller, noon } from './asked-withdrawals.fixtures.ts'
import { approvalsGiven } from './leaver.ts'

test('an approver who leaves takes their approval with them, and what they approved waits again', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  const page = await desk.submitted()
  await desk.approve(desk.ana, page)
  expect((await desk.seen(page.id)).state).toBe('approved')
  expect(await approvalsGiven.pending(desk.db, desk.ana.userId)).toEqual([
    { kind: 'approval', label: 'W-1' },
  ])

  const admin = contextOf(desk.db, { ...desk.cleo, provedAt: noon })
  const calls = createCaller({ ...admin, now: () => noon, leaverDuties: [approvalsGiven] }).team
  const { voided } = await calls.remove({ userId: desk.ana.userId })
  expect(voided).toEqual([{ kind: 'approval', label: 'W-1' }])
  const after = await desk.seen(page.id)
  expect(after.state).toBe('pending_approval')
  expect(after.votes[0]?.voided?.reason).toBe('Who approved it has left.')
})

test('whoever loses the role for it takes back what they approved; another role changes nothing', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  const page = await desk.submitted()
  await desk.approve(desk.ana, page)
  const admin = contextOf(desk.db, { ...desk.cleo, provedAt: noon })
  const calls = createCaller({ ...admin, now: () => noon, leaverDuties: [approvalsGiven] }).team
  await calls.setRoles({ userId: desk.ana.userId, roles: ['approver', 'support'] })
  expect((await desk.seen(page.id)).state).toBe('approved')
  await calls.setRoles({ userId: desk.ana.userId, roles: ['support'] })
  const after = await desk.seen(page.id)
  expect(after.state).toBe('pending_approval')
  expect(after.votes[0]?.voided?.reason).toBe('Who approved it lost the role for it.')
})
