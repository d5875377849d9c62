import { expect, test } from 'vitest'
import { contextOf } from '../kernel/context.fixtures.ts'
import { testDatabase } from '../testing/test-database.ts'
import { arrange, createCaller, delegate, noon } from './asked-withdrawals.fixtures.ts'
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

test('delegations end with the stay of either of the two, and the log says why', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  await delegate(desk.owner, desk.ana, desk.ben)
  await delegate(desk.owner, desk.dora, desk.ana)
  await delegate(desk.owner, desk.dora, desk.ben)
  const admin = contextOf(desk.db, { ...desk.cleo, provedAt: noon })
  const calls = createCaller({ ...admin, now: () => noon, leaverDuties: [approvalsGiven] }).team
  const { voided } = await calls.remove({ userId: desk.ana.userId })
  expect(voided.map(({ label }) => label).toSorted()).toEqual([
    'Ana in place of Dora',
    'Ben in place of Ana',
  ])
  const rows = await desk.owner
    .selectFrom('approval_delegation')
    .select(['from_user_id as from', 'to_user_id as to', 'ended_at as endedAt'])
    .execute()
  expect(rows.filter(({ endedAt }) => endedAt === null)).toMatchObject([
    { from: desk.dora.userId, to: desk.ben.userId },
  ])
  const told = await desk.owner
    .selectFrom('audit_entry')
    .select(['actor_name', 'reason'])
    .where('action', '=', 'delegation.end')
    .execute()
  expect(told).toEqual([
    { actor_name: 'Cleo', reason: 'One of the two has left.' },
    { actor_name: 'Cleo', reason: 'One of the two has left.' },
  ])
})

test('delegations end with the last role by which somebody may approve, and not before', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  await delegate(desk.owner, desk.ana, desk.ben)
  const admin = contextOf(desk.db, { ...desk.cleo, provedAt: noon })
  const calls = createCaller({ ...admin, now: () => noon, leaverDuties: [approvalsGiven] }).team
  const endedAt = async () =>
    (
      await desk.owner
        .selectFrom('approval_delegation')
        .select('ended_at')
        .executeTakeFirstOrThrow()
    ).ended_at
  await calls.setRoles({ userId: desk.ben.userId, roles: ['approver', 'admin'] })
  await calls.setRoles({ userId: desk.ben.userId, roles: ['admin'] })
  expect(await endedAt()).toBeNull()
  await calls.setRoles({ userId: desk.ben.userId, roles: ['support'] })
  expect(await endedAt()).toEqual(noon)
})
