import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { expect, test } from 'vitest'
import { openPool } from '../database.ts'
import { createMailer } from '../mail/mailer.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { startWorkers } from '../outbox/start-workers.ts'
import { eventually } from '../testing/eventually.ts'
import { testDatabase } from '../testing/test-database.ts'
import { doorOf } from './identity.fixtures.ts'
import { insertInvitation, voidInvitation } from './invitations.queries.ts'
import { mailInvitation } from './mail-invitation.ts'

const EMAIL = 'noor@shop.example'

test('the link goes to whom it is for, by a real mail server', async () => {
  await using place = await withMail('Noor\r\nBcc: everybody@shop.example')
  await place.mail()

  expect(place.received).toHaveLength(1)
  const [mail] = place.received
  expect(mail?.to).toEqual([EMAIL])
  const body = (mail?.source ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=')
  expect(body).toContain(place.link)
  expect(body).toContain('as Support, Approver.')
  expect(mail?.source.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im)
  const { mailed_at: mailedAt } = await place.row()
  expect(mailedAt).not.toBeNull()
})

test('a name is text in the mail, whatever it looks like', async () => {
  await using place = await withMail('<img src="https://elsewhere.example/x">')
  await place.mail()
  const source = (place.received[0]?.source ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=')
  const [, html = ''] = source.split('Content-Type: text/html')
  expect(html).toContain(`<a href="${place.link}">`)
  expect(html).toContain('&lt;img src=&quot;https://elsewhere.example/x&quot;&gt;')
  expect(html).not.toContain('<img')
})

test.each([
  ['was withdrawn', (place: Place) => place.withdraw()],
  ['ran out', (place: Place) => place.runOut()],
])('what %s meanwhile is not sent', async (_case, happens) => {
  await using place = await withMail('Noor')
  await happens(place)
  await place.mail()
  expect(place.received).toEqual([])
})

test('while the server refuses the mail waits in the queue, without its link, and goes out later', async () => {
  await using place = await withMail('Noor')
  place.server.refuses = true
  await place.enqueue()
  const failed = { attempts: 1, last_error: expect.stringContaining('not today') }
  await place.workUntil(async () => expect(await place.queued()).toMatchObject([failed]))
  const queued = await place.queued()
  expect(JSON.stringify(queued)).not.toContain(new URL(place.link).hash.split('.')[1])
  expect((await place.row()).mailed_at).toBeNull()

  place.server.refuses = false
  await place.makeDue()
  await place.workUntil(async () => expect((await place.row()).mailed_at).not.toBeNull())
  expect(place.received.map(({ to }) => to)).toEqual([[EMAIL]])
})

type Place = Awaited<ReturnType<typeof withMail>>

async function withMail(name: string) {
  const database = await testDatabase()
  const { db } = database
  const behaviour = { refuses: false }
  const received: { to: string[]; source: string }[] = []
  const keep = async (
    stream: SMTPServerDataStream,
    { session, done }: { session: SMTPServerSession; done: () => void },
  ) => {
    const source = await text(stream)
    received.push({ to: session.envelope.rcptTo.map(({ address }) => address), source })
    done()
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(behaviour.refuses ? new Error('not today') : null),
    onData: (stream, session, done) => void keep(stream, { session, done }),
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const mailer = createMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'desk@shop.example',
  })
  const { auth, clock } = doorOf(db)
  const id = await db.transaction().execute((trx) =>
    insertInvitation(trx, {
      kind: 'invitation',
      email: EMAIL,
      name,
      roles: ['support', 'approver'],
      invitedBy: null,
      at: clock.now,
      expiresAt: new Date(clock.now.getTime() + 3_600_000),
    }),
  )
  if (id === null) throw new Error('not invited')
  const links = auth.invitationLinks
  const mail = (of: string) => mailInvitation({ db, links, mailer, now: () => clock.now }, of)
  return {
    received,
    server: behaviour,
    link: links.linkOf(id),
    mail: () => mail(id),
    enqueue: () => db.transaction().execute((trx) => enqueue(trx, 'invitation.mail', [id])),
    workUntil: (check: () => unknown) => workUntil(check, { url: database.url, mail }),
    queued: async () => {
      const { rows } = await sql<object>`
        select attempts, last_error, payload::text from graphile_worker._private_jobs`.execute(
        database.owner,
      )
      return rows
    },
    makeDue: () =>
      sql`update graphile_worker._private_jobs set run_at = now()`.execute(database.owner),
    runOut: async () => {
      clock.now = new Date(clock.now.getTime() + 3_600_000)
    },
    withdraw: () =>
      db
        .transaction()
        .execute((trx) => voidInvitation(trx, id, { because: 'withdrawn', at: clock.now })),
    row: () =>
      db
        .selectFrom('invitation')
        .select('mailed_at')
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    async [Symbol.asyncDispose]() {
      mailer.close()
      await new Promise<void>((closed) => server.close(closed))
      await database[Symbol.asyncDispose]()
    },
  }
}

async function workUntil(
  check: () => unknown,
  { url, mail }: { readonly url: string; readonly mail: (id: string) => Promise<void> },
): Promise<void> {
  const pool = openPool({ connectionString: url, connectionsMax: 6, name: 'desk-test-workers' })
  const quiet = () => undefined
  const workers = await startWorkers({
    pool,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    tasks: { 'invitation.mail': mail },
  })
  try {
    await eventually(check)
  } finally {
    await workers.stop()
    await pool.end()
  }
}
