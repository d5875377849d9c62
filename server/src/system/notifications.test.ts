import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import type { AlarmKind } from '@desk/shared/system/alarm'
import type { ChannelInput } from '@desk/shared/system/notifications'
import { healthySystem } from '@desk/shared/system/system-facts.fixtures'
import type { SystemFacts } from '@desk/shared/system/system-facts'
import { appRouter } from '../app-router.ts'
import { contextOf } from '../kernel/context.fixtures.ts'
import { sealerFor } from '../kernel/sealed.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { createMailer } from '../mail/mailer.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { testDatabase } from '../testing/test-database.ts'
import { personWith } from '../webhooks/console.fixtures.ts'
import { chatUrlFault } from './post-chat.ts'
import { sendNotifications } from './send-notifications.ts'
import { watchOnce } from './watch-alarms.ts'

const createCaller = createCallerFactory(appRouter)
const parked = { webhooks: { ...healthySystem.webhooks, parked: 2 } }
const silent = {
  upstream: { ...healthySystem.upstream, circuit: 'open' },
} satisfies Partial<SystemFacts>

/** A Desk with an admin, a mail server and a chat that really listen, and a clock to turn. */
async function arrange(startsAt: string) {
  const database = await testDatabase()
  const { db, owner } = database
  const chat: string[] = []
  const mails: string[] = []
  const behaviour = { status: 200 }
  const receiver = createServer((request, response) => {
    const answer = async () => {
      const body = await text(request)
      if (behaviour.status === 200) chat.push(body)
      response.writeHead(behaviour.status).end()
    }
    void answer()
  })
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const keep = async () => {
        mails.push((await text(stream)).replaceAll('=\r\n', ''))
        done()
      }
      void keep()
    },
  })
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const host = `127.0.0.1:${portOf(receiver.address())}`
  const mailer = createMailer({
    smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server.address())}`,
    from: 'desk@shop.example',
  })
  const clock = { now: new Date(startsAt) }
  const now = () => clock.now
  const sealer = sealerFor('test encryption key', 'notification channel')
  const reach = { allowedHosts: new Set([host]) }
  const admin = await personWith(owner, ['admin'])
  const desk = createCaller({
    ...contextOf(db, { ...admin, provedAt: clock.now }),
    now,
    notifications: { isMailOn: true, sealer, urlFault: (url) => chatUrlFault(url, reach) },
  })
  const queued = async () => {
    const { rows } = await sql<{ subject: string }>`
      select payload ->> 'subject' as subject from graphile_worker._private_jobs as job
      join graphile_worker._private_tasks as task on task.id = job.task_id
      where task.identifier = 'notification.send'`.execute(owner)
    return rows.map(({ subject }) => subject)
  }
  return {
    db,
    desk,
    chat,
    mails,
    behaviour,
    queued,
    chatUrl: `http://${host}/hook/very-secret`,
    /** Judges at this many minutes after the start, and does the jobs that came of it. */
    look: async (minutes: number, changes: Partial<SystemFacts>) => {
      clock.now = new Date(Date.parse(startsAt) + minutes * 60_000)
      const facts = async () => ({ ...healthySystem, ...changes })
      await watchOnce({ db, facts, now, zone: async () => 'Europe/London', log: quietLog })
    },
    send: async () => {
      const publicUrl = new URL('https://desk.example')
      for (const id of await queued()) {
        await sendNotifications({ db, now, sealer, mailer, reach, publicUrl }, id)
      }
      await sql`delete from graphile_worker._private_jobs`.execute(owner)
    },
    async [Symbol.asyncDispose]() {
      mailer.close()
      await new Promise<void>((closed) => receiver.close(() => closed()))
      await new Promise<void>((closed) => smtp.close(closed))
      await database[Symbol.asyncDispose]()
    },
  }
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('Not listening.')
  return address.port
}

const kinds = ['parked', 'upstream_down'] satisfies AlarmKind[]
const mailChannel = {
  kind: 'mail',
  label: 'On call',
  alarms: kinds,
  quiet: { from: '22:00', until: '07:00' },
  recipients: ['ops@shop.example', 'cfo@shop.example'],
} satisfies ChannelInput

test('an alarm is told once to mail and chat, and once that all is well again', async () => {
  await using place = await arrange('2026-11-23T12:00:00.000Z')
  await place.desk.notifications.add(mailChannel)
  await place.desk.notifications.add({
    kind: 'chat',
    label: 'Room',
    alarms: ['parked'],
    quiet: null,
    url: place.chatUrl,
  })
  for (const minutes of [0, 1, 2, 3]) await place.look(minutes, parked)
  await place.send()
  expect(place.chat).toHaveLength(1)
  expect(place.chat[0]).toContain('2 webhooks could not be processed')
  expect(place.mails).toHaveLength(1)
  expect(place.mails[0]).toContain('To: ops@shop.example, cfo@shop.example')
  expect(place.mails[0]).toContain('https://desk.example/settings/status')
  expect((await place.desk.notifications.read()).open.map(({ kind }) => kind)).toEqual(['parked'])

  for (const minutes of [4, 9, 10]) await place.look(minutes, {})
  await place.send()
  expect(place.chat[1]).toContain('All is well again')
  expect(place.chat).toHaveLength(2)
  expect((await place.desk.notifications.read()).open).toEqual([])
})

test('in quiet hours what is not critical waits and is summed up after them', async () => {
  await using place = await arrange('2026-11-23T23:00:00.000Z')
  await place.desk.notifications.add(mailChannel)
  for (const minutes of [0, 1]) await place.look(minutes, parked)
  for (const minutes of [2, 7]) await place.look(minutes, {})
  await place.send()
  expect(place.mails).toEqual([])

  for (const minutes of [8, 9]) await place.look(minutes, silent)
  await place.send()
  expect(place.mails).toHaveLength(1)
  expect(place.mails[0]).toContain('does not answer')

  await place.look(8 * 60, silent)
  await place.send()
  expect(place.mails).toHaveLength(2)
  expect(place.mails[1]).toContain('Webhooks set aside')
  expect(place.mails[1]).toContain('All is well again')
})

test('what could not be delivered is tried again, and why is visible', async () => {
  await using place = await arrange('2026-11-23T12:00:00.000Z')
  const { id } = await place.desk.notifications.add({
    kind: 'chat',
    label: 'Room',
    alarms: ['parked'],
    quiet: null,
    url: place.chatUrl,
  })
  await place.desk.notifications.test({ id })
  expect(await place.queued()).toEqual([id])
  place.behaviour.status = 500
  await expect(place.send()).rejects.toThrow('status 500')
  const told = async () => (await place.desk.notifications.read()).channels[0]?.told[0]
  expect(await told()).toMatchObject({ attempts: 1, sentAt: null, problem: expect.any(String) })
  place.behaviour.status = 200
  await place.send()
  expect(await told()).toMatchObject({ attempts: 2, sentAt: expect.any(String), problem: null })
  expect(place.chat).toHaveLength(1)
})

test('the address of a chat is sealed, and in no answer and no audit entry', async () => {
  await using place = await arrange('2026-11-23T12:00:00.000Z')
  const chat = { kind: 'chat', label: 'Room', alarms: ['parked'], quiet: null } as const
  const { id } = await place.desk.notifications.add({
    ...chat,
    alarms: ['parked'],
    url: place.chatUrl,
  })
  const kept = [
    await place.desk.notifications.read(),
    await place.db.selectFrom('notification_channel').selectAll().execute(),
    await place.db.selectFrom('audit_entry').selectAll().execute(),
  ]
  expect(JSON.stringify(kept)).not.toContain('very-secret')
  await expect(
    place.desk.notifications.add({ ...chat, alarms: ['parked'], url: 'http://10.0.0.1/' }),
  ).rejects.toThrow('must begin with https://')
  await place.desk.notifications.remove({ id })
  expect((await place.desk.notifications.read()).channels).toEqual([])
})

test('a changed channel is told by what it says now, keeps the address nobody typed again, and both stand in the audit log', async () => {
  await using place = await arrange('2026-11-23T12:00:00.000Z')
  const mail = await place.desk.notifications.add(mailChannel)
  const room = { kind: 'chat', label: 'Room', alarms: ['upstream_down'], quiet: null } as const
  const chat = await place.desk.notifications.add({
    ...room,
    alarms: ['upstream_down'],
    url: place.chatUrl,
  })
  await place.desk.notifications.change({
    ...mailChannel,
    id: mail.id,
    label: 'On call, winter',
    recipients: ['night@shop.example'],
    quiet: null,
  })
  await place.desk.notifications.change({ ...room, id: chat.id, alarms: ['parked'], url: null })

  for (const minutes of [0, 1, 2]) await place.look(minutes, parked)
  await place.send()
  expect(place.mails).toHaveLength(1)
  expect(place.mails[0]).toContain('To: night@shop.example')
  expect(place.chat).toHaveLength(1)

  const nowhere = place.chatUrl.replace('very-secret', 'another-secret')
  await place.desk.notifications.change({ ...room, id: chat.id, alarms: ['parked'], url: nowhere })
  const entries = await place.db
    .selectFrom('audit_entry')
    .select(['subject_label', 'before', 'after'])
    .where('action', '=', 'notification.change_channel')
    .orderBy('seq')
    .execute()
  expect(entries.map(({ subject_label: label }) => label)).toEqual([
    'On call, winter',
    'Room',
    'Room',
  ])
  expect(entries[0]?.before).toContain('"label":"On call"')
  expect(entries[0]?.before).toContain('"from":"22:00"')
  expect(entries[0]?.after).toContain('night@shop.example')
  expect(entries[1]?.after).not.toContain('hasNewAddress')
  expect(entries[2]?.after).toContain('"hasNewAddress":true')
  expect(JSON.stringify(entries)).not.toContain('secret')
})

test('a change is refused to a channel that is gone, that is of another kind, or may not be called', async () => {
  await using place = await arrange('2026-11-23T12:00:00.000Z')
  const { id } = await place.desk.notifications.add(mailChannel)
  const chat = { id, kind: 'chat', label: 'Room', alarms: kinds, quiet: null } as const
  await expect(
    place.desk.notifications.change({ ...chat, alarms: kinds, url: null }),
  ).rejects.toThrow('not there any more')
  await expect(
    place.desk.notifications.change({ ...chat, alarms: kinds, url: 'http://10.0.0.1/' }),
  ).rejects.toThrow('must begin with https://')
  await expect(
    place.desk.notifications.change({ ...mailChannel, id, recipients: [] }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await place.desk.notifications.remove({ id })
  await expect(place.desk.notifications.change({ ...mailChannel, id })).rejects.toThrow(
    'not there any more',
  )
})
