import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { AlarmKind } from '@desk/shared/system/alarm'
import type { Db } from '../database.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { mailWithdrawalNotices } from './mail-withdrawal-notices.ts'
import { watchWithdrawalsOnce } from './watch-withdrawals.ts'
import { insertRequests, personNamed } from '../withdrawals/request-rows.fixtures.ts'

const at = '2026-11-23T09:00:00.000Z'
const publicUrl = new URL('https://desk.example')

/** Finn asks; Ana and Ben are approvers, Cleo and Dora admins, Uma answers customers. */
async function arrange(database: TestDatabase) {
  const { db, owner } = database
  const finn = await personNamed(owner, 'Finn', ['finance', 'approver'])
  const ana = await personNamed(owner, 'Ana', ['approver'])
  const ben = await personNamed(owner, 'Ben', ['approver'])
  const cleo = await personNamed(owner, 'Cleo', ['admin'])
  const dora = await personNamed(owner, 'Dora', ['admin'])
  await personNamed(owner, 'Uma', ['support'])
  const clock = { now: new Date(at) }
  const mails: { to: string; subject: string; text: string }[] = []
  const isTaken = { value: true }
  const mailer = {
    send: async (mail: (typeof mails)[number]) => {
      if (!isTaken.value) throw new Error('550 no')
      mails.push(mail)
    },
  }
  return {
    db,
    owner,
    finn,
    ana,
    ben,
    cleo,
    dora,
    clock,
    mails,
    isTaken,
    look: (isMailOn = true) =>
      watchWithdrawalsOnce({
        db,
        now: () => clock.now,
        zone: async () => 'Europe/London',
        isMailOn,
      }),
    /** Does the mail jobs and resolves to the addresses that were written to, sorted. */
    mail: async () => {
      mails.length = 0
      for (const person of await jobsFor(owner, 'withdrawal_notice.mail')) {
        await mailWithdrawalNotices({ db, now: () => clock.now, mailer, publicUrl }, person)
      }
      await sql`delete from graphile_worker._private_jobs`.execute(owner)
      return mails.map(({ to }) => to.replace('@shop.example', '')).toSorted()
    },
  }
}

async function jobsFor(owner: Db, task: string): Promise<readonly string[]> {
  const { rows } = await sql<{ subject: string }>`
    select payload ->> 'subject' as subject from graphile_worker._private_jobs as job
    join graphile_worker._private_tasks as task on task.id = job.task_id
    where task.identifier = ${task} order by job.id`.execute(owner)
  return rows.map(({ subject }) => subject)
}

const settledBook = (owner: Db) =>
  owner.updateTable('destination').set({ state: 'refused', state_reason: 'not ours' }).execute()

test('who can approve is written to once, with the page of the case, and the requester never', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  const [id] = await insertRequests(desk.owner, desk.finn, [{ amount_cents: 125_000 }])
  await settledBook(desk.owner)
  await desk.look()
  expect(await desk.mail()).toEqual(['ana', 'ben'])
  expect(desk.mails[0]?.subject).toMatch(/^Desk: W-\d+, \$1,250\.00 to “Supplier” on Base, waits/)
  expect(desk.mails[0]?.text).toContain(`https://desk.example/withdrawals/${id}`)
  expect(desk.mails[0]?.text).toContain('Finn asks for it')
  await desk.look()
  expect(await desk.mail()).toEqual([])
})

test('a larger amount is for admins too, and who has approved is not asked again', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  const fingerprint = 'a'.repeat(64)
  const [id = ''] = await insertRequests(desk.owner, desk.finn, [
    { amount_cents: 600_000, fingerprint },
  ])
  await settledBook(desk.owner)
  await desk.owner
    .insertInto('withdrawal_vote')
    .values({
      id: 'vote',
      request_id: id,
      fingerprint,
      policy_version: 1,
      decision: 'approve',
      voter: desk.ana,
      stepped_up_at: at,
      at,
    })
    .execute()
  await desk.look()
  expect(await desk.mail()).toEqual(['cleo', 'dora'])
})

test('a delegate hears of what they can approve in another’s place', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  await desk.owner
    .insertInto('approval_delegation')
    .values({
      id: 'delegation',
      from_user_id: desk.ana,
      to_user_id: desk.cleo,
      starts_at: '2026-11-23T00:00:00.000Z',
      ends_at: '2026-11-24T00:00:00.000Z',
      made_by: desk.ana,
      made_at: at,
    })
    .execute()
  await insertRequests(desk.owner, desk.finn, [{}])
  await settledBook(desk.owner)
  await desk.look()
  expect(await desk.mail()).toEqual(['ana', 'ben', 'cleo'])
})

test('submitted anew it is told anew', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  const [id = ''] = await insertRequests(desk.owner, desk.finn, [{}])
  await settledBook(desk.owner)
  await desk.look()
  await desk.mail()
  await desk.owner
    .updateTable('withdrawal_request')
    .set({ fingerprint: 'b'.repeat(64) })
    .where('id', '=', id)
    .execute()
  await desk.look()
  expect(await desk.mail()).toEqual(['ana', 'ben'])
})

test('what came back to the requester is told to them, and an unclear sending to who may resolve it', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  await insertRequests(desk.owner, desk.finn, [
    { state: 'rejected', state_at: at, state_reason: 'The invoice is paid already' },
    { state: 'expired', state_at: at },
    { state: 'failed', state_at: '2026-11-01T09:00:00.000Z' },
    { state: 'unknown', state_at: at },
  ])
  await settledBook(desk.owner)
  await desk.look()
  expect(await desk.mail()).toEqual(['cleo', 'dora', 'finn'])
  const mine = desk.mails.find(({ to }) => to.startsWith('finn'))
  expect(mine?.text).toContain('was rejected; edit it to ask again. The invoice is paid already.')
  expect(mine?.text).toContain('expired before it left')
  expect(mine?.text).not.toContain('failed')
  const theirs = desk.mails.find(({ to }) => to.startsWith('cleo'))
  expect(theirs?.subject).toContain('may or may not have been sent')
})

test('an emergency is told to all admins and, even at night, to the channels', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  desk.clock.now = new Date('2026-11-23T23:30:00.000Z')
  const alarms: AlarmKind[] = ['withdrawal_emergency', 'withdrawal_waiting']
  await desk.owner
    .insertInto('notification_channel')
    .values({
      id: 'channel',
      kind: 'mail',
      label: 'Finance',
      recipients: ['finance@shop.example'],
      alarms,
      quiet_from: '22:00',
      quiet_until: '07:00',
      added_at: at,
      added_by: desk.cleo,
    })
    .execute()
  await insertRequests(desk.owner, desk.finn, [{ is_break_glass: true }])
  await settledBook(desk.owner)
  await desk.look()
  expect(await jobsFor(desk.owner, 'notification.send')).toEqual(['channel'])
  expect(await desk.mail()).toEqual(['cleo', 'dora'])
  await insertRequests(desk.owner, desk.finn, [{}])
  await desk.look(false)
  expect(await jobsFor(desk.owner, 'notification.send')).toEqual([])
  const told = await desk.owner
    .selectFrom('notification')
    .select(['alarm', 'occasion', 'path', 'due_at'])
    .orderBy('id')
    .execute()
  expect(told).toMatchObject([
    { alarm: 'withdrawal_emergency', occasion: 'notice', due_at: desk.clock.now },
    { alarm: 'withdrawal_waiting', due_at: new Date('2026-11-24T07:00:00.000Z') },
  ])
  expect(told[0]?.path).toMatch(/^\/withdrawals\//)
})

test('a proposed destination or policy is for a second person, by any account of theirs', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  await desk.owner
    .updateTable('person')
    .set({ same_as: desk.cleo })
    .where('id', '=', desk.ben)
    .execute()
  await desk.owner
    .insertInto('withdrawal_policy')
    .values({
      version: 2,
      content: '{}',
      note: 'A second approver',
      state: 'proposed',
      proposed_by: desk.cleo,
      proposed_at: at,
    })
    .execute()
  await insertRequests(desk.owner, desk.cleo, [])
  await desk.look()
  expect(await desk.mail()).toEqual(['ana', 'dora', 'finn'])
  expect(desk.mails[0]?.subject).toBe('Desk: 2 withdrawals and changes to them concern you')
  expect(desk.mails[0]?.text).toContain('https://desk.example/withdrawals/policy')
  expect(desk.mails[0]?.text).toContain('https://desk.example/withdrawals/addresses?open=')
})

test('what the mail server did not take is kept, tried again and then told once', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  await insertRequests(desk.owner, desk.finn, [{}])
  await settledBook(desk.owner)
  await desk.look()
  desk.isTaken.value = false
  await expect(desk.mail()).rejects.toThrow('550')
  const kept = desk.owner.selectFrom('withdrawal_notice').select(['attempts', 'problem', 'sent_at'])
  expect(await kept.where('attempts', '>', 0).execute()).toMatchObject([
    { attempts: 1, problem: 'The mail server did not take it.', sent_at: null },
  ])
  desk.isTaken.value = true
  expect(await desk.mail()).toEqual(['ana', 'ben'])
})
