import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { actorWith } from '../kernel/context.fixtures.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  consoleOf,
  digestAll,
  eventBody,
  personWith,
  processAll,
  receiveAll,
} from './console.fixtures.ts'
import { vector } from './signing.fixtures.ts'

const support = actorWith(['support'])
const auditor = actorWith(['auditor'])

describe('one delivery', () => {
  test('shows the exact bytes, where they came from, and every attempt at the same event', async () => {
    await using database = await testDatabase()
    const { db } = database
    const body = Buffer.from([...Buffer.from('{"a":"'), 0xff, 0x00, ...Buffer.from('"}')])
    await receiveAll(db, [
      { body, eventId: 'event-1', headers: { authorization: 'Bearer secret', 'x-extra': 'kept' } },
      { body, eventId: 'event-1', seconds: 2 },
    ])
    const detail = await consoleOf(db, support).detail({ id: '2' })
    expect(detail).toMatchObject({ verdict: 'duplicate', duplicateOf: '1', eventId: 'event-1' })
    expect(detail.attemptsOfEvent.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['1', 'malformed'],
      ['2', 'duplicate'],
    ])
    const first = await consoleOf(db, support).detail({ id: '1' })
    expect(Buffer.from(first.content?.base64 ?? '', 'base64')).toEqual(body)
    expect(first.content?.headers).toContainEqual(['x-extra', 'kept'])
    expect(JSON.stringify(first.content?.headers)).not.toContain('Bearer')
    expect(first).toMatchObject({ secret: { label: 'Main' }, remoteAddress: '203.0.113.7' })
  })

  test('a link that pays is covered byte by byte for whoever may not see it', async () => {
    await using database = await testDatabase()
    const link = 'https://pay.example/c?secret=s3cr3t%22'
    await receiveAll(database.db, [{ body: eventBody({ paymentUrl: link, secret: 'abc\\"def' }) }])
    const seen = await consoleOf(database.db, support).detail({ id: '1' })
    const covered = await consoleOf(database.db, auditor).detail({ id: '1' })
    const text = (detail: typeof seen) =>
      Buffer.from(detail.content?.base64 ?? '', 'base64').toString()
    expect(text(seen)).toContain(link)
    expect(seen.content?.isCovered).toBe(false)
    expect(text(covered)).not.toMatch(/s3cr3t|abc|def/)
    expect(text(covered)).toHaveLength(text(seen).length)
    expect(covered.content?.isCovered).toBe(true)
  })

  test('is compared with the snapshot before it by the events own times, however late it came', async () => {
    await using database = await testDatabase()
    const { db } = database
    await receiveAll(db, [
      { body: eventBody({ status: 'pending' }, 0), eventId: 'a' },
      { body: eventBody({ status: 'completed', net: 12 }, 20), eventId: 'c', seconds: 20 },
      { body: eventBody({ status: 'processing' }, 10), eventId: 'b', seconds: 30 },
    ])
    await digestAll(db, 31)
    const calls = consoleOf(db, support)
    expect((await calls.detail({ id: '1' })).comparison).toEqual({ previous: null, changes: [] })
    expect((await calls.detail({ id: '2' })).comparison).toMatchObject({
      previous: { id: '3' },
      changes: [
        { path: 'status', before: '"processing"', after: '"completed"' },
        { path: 'net', before: null, after: '12' },
      ],
    })
    expect((await calls.detail({ id: '3' })).comparison).toMatchObject({ previous: { id: '1' } })
  })

  test('one that Desk does not have is said to be unknown', async () => {
    await using database = await testDatabase()
    for (const id of ['77', 'q77']) {
      const asked = consoleOf(database.db, support).detail({ id })
      await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    const nonsense = consoleOf(database.db, support).detail({ id: '1;drop' })
    await expect(nonsense).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('verifying again', () => {
  test('computes the signature from the kept bytes with every secret, and never says a secret', async () => {
    await using database = await testDatabase()
    await receiveAll(database.db, [{ body: vector.body, timestamp: vector.timestamp }])
    const steps = await consoleOf(database.db, auditor).verifyAgain({ id: '1' })
    expect(steps).toMatchObject({
      outcome: 'matches',
      receivedPrefix: vector.signature.slice(0, 8),
      secondsOff: 0,
      isWithinWindow: true,
      trials: [
        { label: 'Older', matches: false },
        { label: 'Main', matches: true, expectedPrefix: vector.signature.slice(0, 8) },
      ],
    })
    expect(steps.signedSha256).toBe(steps.keptSha256)
    expect(JSON.stringify(steps)).not.toContain(vector.secret)
    expect(JSON.stringify(steps)).not.toContain(vector.signature)
  })

  test('what is signed is shown without what would let its reader pay', async () => {
    await using database = await testDatabase()
    await receiveAll(database.db, [{ body: '{"secret":"s3cr3t","event":"payment.created"}' }])
    const { signedStart } = await consoleOf(database.db, auditor).verifyAgain({ id: '1' })
    expect(signedStart).toContain('"event":"payment.created"')
    expect(signedStart).not.toContain('s3cr3t')
  })

  test('names bytes that were changed after they were stored', async () => {
    await using database = await testDatabase()
    await receiveAll(database.db, [{ body: vector.body, timestamp: vector.timestamp }])
    await database.owner
      .updateTable('webhook_delivery')
      .set({ body: Buffer.from(vector.body.replace('14999', '99999')) })
      .execute()
    expect(await consoleOf(database.db, support).verifyAgain({ id: '1' })).toMatchObject({
      outcome: 'changed',
    })
  })

  test('says of a refused one what is wrong with it', async () => {
    await using database = await testDatabase()
    await receiveAll(database.db, [
      { body: eventBody({}), secret: 'other' },
      { body: eventBody({}), headers: { 'x-spacepay-signature': undefined } },
      { body: eventBody({}), timestamp: '1767220000' },
      { body: JSON.stringify('x'.repeat(20_000)), secret: 'other' },
    ])
    const calls = consoleOf(database.db, support)
    expect(await calls.verifyAgain({ id: 'q1' })).toMatchObject({ outcome: 'no_secret_matches' })
    expect(await calls.verifyAgain({ id: 'q2' })).toMatchObject({ outcome: 'no_signature' })
    expect(await calls.verifyAgain({ id: 'q3' })).toMatchObject({
      outcome: 'matches',
      isWithinWindow: false,
      secondsOff: 5600,
    })
    expect(await calls.verifyAgain({ id: 'q4' })).toMatchObject({ outcome: 'cut' })
  })
})

describe('a delivery as evidence', () => {
  const bodies = {
    'the published vector': vector.body,
    'bytes that are no text': Buffer.from([0xff, 0x00, 0x0a, 0x22, 0xfe]),
    'a body of many lines of base64': eventBody({ note: 'é'.repeat(30_000) }),
    'nothing at all': '',
  }
  test.each(Object.entries(bodies))('openssl alone verifies %s', async (_, body) => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [{ body, timestamp: vector.timestamp }])
    const file = await consoleOf(db, await personWith(owner, ['auditor'])).evidence({ id: '1' })
    const folder = mkdtempSync(join(tmpdir(), 'desk-evidence-'))
    try {
      writeFileSync(join(folder, file.name), file.text)
      const said = file.commands.map(({ command }) =>
        // Typing the secret is what a person does.
        command.startsWith('read ')
          ? ''
          : execFileSync('sh', ['-c', command], {
              cwd: folder,
              env: { PATH: process.env['PATH'], WEBHOOK_SECRET: vector.secret },
              encoding: 'utf8',
            }),
      )
      for (const [index, { expected }] of file.commands.entries()) {
        expect(said[index]).toContain(expected ?? '')
      }
      expect(file.commands.filter(({ expected }) => expected !== null)).toHaveLength(2)
      const signed = readFileSync(join(folder, file.signed.name))
      expect(signed).toEqual(
        Buffer.concat([Buffer.from(`${vector.timestamp}.`), Buffer.from(body)]),
      )
      expect(signed.toString('base64')).toBe(file.signed.base64)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('its download is written down with the hash of the file, and holds no secret', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [{ body: vector.body, timestamp: vector.timestamp }])
    await processAll(db)
    const file = await consoleOf(db, await personWith(owner, ['auditor'])).evidence({ id: '1' })
    expect(file.text).not.toContain(vector.secret)
    expect(JSON.parse(file.text)).toMatchObject({
      delivery: { number: '1', verdictOnArrival: 'valid' },
      signature: { value: vector.signature, secret: { label: 'Main' } },
      bodyAsText: vector.body,
      computedAgain: { outcome: 'matches' },
    })
    const entry = await db
      .selectFrom('audit_entry')
      .select(['action', 'subject_kind', 'subject_id', 'after'])
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({
      action: 'webhook.export',
      subject_kind: 'webhook',
      subject_id: '1',
    })
    expect(entry.after).toContain(file.sha256)
  })

  test('there is none of a delivery that was refused', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [{ body: eventBody({}), secret: 'other' }])
    const asked = consoleOf(db, await personWith(owner, ['auditor'])).evidence({ id: 'q1' })
    await expect(asked).rejects.toThrow('It was refused')
  })
})
