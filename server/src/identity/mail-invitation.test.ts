import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { expect, test } from 'vitest'
import { createMailer } from '../mail/mailer.ts'
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

test('what was withdrawn meanwhile is not sent', async () => {
  await using place = await withMail('Noor')
  await place.withdraw()
  await place.mail()
  expect(place.received).toEqual([])
})

test('a server that refuses leaves the invitation unsent, so that the job is tried again', async () => {
  await using place = await withMail('Noor', { refuses: true })
  await expect(place.mail()).rejects.toThrow(/not today/)
  const { mailed_at: mailedAt } = await place.row()
  expect(mailedAt).toBeNull()
})

async function withMail(name: string, { refuses = false } = {}) {
  const database = await testDatabase()
  const { db } = database
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
    onRcptTo: (_address, _session, done) => done(refuses ? new Error('not today') : null),
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
  return {
    received,
    link: auth.invitationLinks.linkOf(id),
    mail: () =>
      mailInvitation({ db, links: auth.invitationLinks, mailer, now: () => clock.now }, id),
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
