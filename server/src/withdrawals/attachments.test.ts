import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { evidenceFaults } from '@desk/shared/withdrawals/check-evidence'
import type { Actor } from '../kernel/actor.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { arrange, noon } from './asked-withdrawals.fixtures.ts'
import { attachDocument } from './attachments.ts'

const invoice = { name: 'invoice.pdf', bytes: Buffer.from('%PDF-1.7\nInvoice 17\n') }
const other = { name: 'other.pdf', bytes: Buffer.from('%PDF-1.7\nInvoice 18\n') }
const sha256Of = ({ bytes }: typeof invoice) => createHash('sha256').update(bytes).digest('hex')

describe('a document with a request', () => {
  test('is part of what is approved, and stays in the evidence byte for byte', async () => {
    await using desk = await attaching()
    const { id } = await desk.draft(desk.finn)
    await desk.attach(desk.finn, { id, revision: 1, ...invoice })
    const { fingerprint } = await desk.as(desk.finn).submit({ id, revision: 2 })
    const { attachment, submission } = await desk.as(desk.ana).one({ id })
    expect(attachment).toEqual({
      name: 'invoice.pdf',
      mediaType: 'application/pdf',
      byteLength: invoice.bytes.length,
      sha256: sha256Of(invoice),
    })
    expect(submission?.content.attachmentSha256).toBe(sha256Of(invoice))
    await desk.approve(desk.ana, { id, revision: 2, fingerprint })
    const { evidence } = await desk.as(desk.cleo).evidence({ id })
    expect(Buffer.from(evidence.attachment?.base64 ?? '', 'base64').equals(invoice.bytes)).toBe(
      true,
    )
    expect(evidenceFaults(evidence)).toEqual([])
    const exchanged = evidence.attachment && {
      ...evidence.attachment,
      base64: other.bytes.toString('base64'),
    }
    expect(evidenceFaults({ ...evidence, attachment: exchanged })).toEqual([
      'The attachment does not have the hash that is given for it.',
    ])
  })

  test.each([
    ['another is attached', { ...other }],
    ['it is taken off', null],
  ])('makes what was approved void once %s, as any change does', async (_, next) => {
    await using desk = await attaching()
    const { id } = await desk.draft(desk.finn)
    await desk.attach(desk.finn, { id, revision: 1, ...invoice })
    await desk.as(desk.finn).submit({ id, revision: 2 })
    await desk.approve(desk.ana, await desk.seen(id))
    expect(await desk.seen(id)).toMatchObject({ state: 'approved' })
    const changed = next
      ? await desk.attach(desk.finn, { id, revision: 2, ...next })
      : await desk.as(desk.finn).detach({ id, revision: 2 })
    expect(changed).toEqual({ revision: 3 })
    const { state, votes, fingerprint } = await desk.seen(id)
    expect({ state, fingerprint }).toEqual({ state: 'draft', fingerprint: '' })
    expect(votes).toMatchObject([{ voided: { reason: 'The request was changed.' } }])
    const [entry] = await desk.db
      .selectFrom('audit_entry')
      .select(['action', 'before', 'after'])
      .orderBy('seq', 'desc')
      .limit(1)
      .execute()
    expect(entry).toMatchObject({
      action: next ? 'withdrawal.attach' : 'withdrawal.detach',
      before: expect.stringContaining(sha256Of(invoice)),
    })
    expect(entry?.after?.includes(sha256Of(other))).toBe(next ? true : undefined)
  })

  test('is changed by who asked alone, from the page as it is, while it is theirs to change', async () => {
    await using desk = await attaching()
    const { id } = await desk.draft(desk.finn)
    await expect(desk.attach(desk.fay, { id, revision: 1, ...invoice })).rejects.toThrow(
      'Only who asked for it',
    )
    await expect(desk.attach(desk.finn, { id, revision: 4, ...invoice })).rejects.toThrow(
      'changed meanwhile',
    )
    await expect(desk.as(desk.finn).detach({ id, revision: 1 })).rejects.toThrow(
      'Nothing is attached',
    )
    await desk.as(desk.finn).cancel({ id, revision: 1 })
    await expect(desk.attach(desk.finn, { id, revision: 1, ...invoice })).rejects.toThrow(
      'It cannot be changed any more',
    )
  })

  test('cannot be exchanged under its hash, not even past Desk', async () => {
    await using desk = await attaching()
    const { id } = await desk.draft(desk.finn)
    await desk.attach(desk.finn, { id, revision: 1, ...invoice })
    for (const change of [{ bytes: other.bytes }, { sha256: sha256Of(other) }]) {
      const exchange = desk.owner
        .updateTable('withdrawal_attachment')
        .set(change)
        .where('request_id', '=', id)
        .execute()
      await expect(exchange).rejects.toThrow('violates check constraint')
    }
  })
})

/** People, a destination, and attaching as the route does it. */
async function attaching() {
  const database: TestDatabase = await testDatabase()
  const desk = await arrange(database)
  const attach = (actor: Actor, asked: Parameters<typeof attachDocument>[1]) =>
    attachDocument(
      {
        db: desk.db,
        by: { actor, address: null, requestId: null, at: noon },
        zone: 'Europe/London',
      },
      asked,
    )
  return { ...desk, attach, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() }
}
