import { expect, test } from 'vitest'
import { startPolicy } from '@desk/shared/withdrawals/policy.fixtures'
import { testDatabase } from '../testing/test-database.ts'
import { arrange, delegate, noon } from './asked-withdrawals.fixtures.ts'
import { rehearsePolicy } from './rehearse-policy.ts'

test('the past is replayed by the roles that counted, without emergencies and without what was never approved', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  const large = { amountCents: 600_000 }
  // Ana in her own name, and Ben for Cleo, who is an admin.
  await delegate(desk.owner, desk.cleo, desk.ben)
  const first = await desk.submitted(desk.finn, large)
  await desk.approve(desk.ana, first)
  await desk.approve(desk.ben, first, { onBehalfOf: desk.cleo.userId })
  const emergency = await desk.submitted(desk.finn, large)
  const { id, revision } = emergency
  await desk.as(desk.cleo).breakGlass({ id, revision, reason: 'The supplier is at the door' })
  const now = await desk.seen(id)
  await desk.approve(desk.cleo, now)
  await desk.approve(desk.dora, now)
  await desk.submitted(desk.finn, large)
  const rehearsed = (policy = startPolicy, at = noon) =>
    rehearsePolicy(desk.db, { policy, at, zone: 'Europe/London' })
  expect(await rehearsed()).toMatchObject({ requests: 1, asBefore: 1 })
  const [low, high] = startPolicy.bands
  const stricter = {
    ...startPolicy,
    bands: [
      { upToCents: low?.upToCents ?? null, approvers: low?.approvers ?? [] },
      {
        upToCents: null,
        approvers: [...(high?.approvers ?? [])].map((one) => ({ ...one, people: 2 })),
      },
    ],
  }
  expect(await rehearsed(stricter)).toMatchObject({
    requests: 1,
    asBefore: 0,
    needMorePeople: { count: 1 },
  })
  const later = new Date(noon.getTime() + 91 * 24 * 3_600_000)
  expect(await rehearsed(startPolicy, later)).toMatchObject({ requests: 0 })
})
