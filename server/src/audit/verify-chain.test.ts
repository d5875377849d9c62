import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { recordMany } from './audit.fixtures.ts'
import { entryHash } from './chain.ts'
import { chainedRows } from './chained-rows.queries.ts'
import { type ChainEnd, verifyAuditChain } from './verify-chain.ts'

const ENTRIES = 8

let database: TestDatabase
let head: ChainEnd
beforeAll(async () => {
  database = await testDatabase()
  await recordMany(database.db, ENTRIES)
  const report = await verifyAuditChain(database.owner)
  if (!report.ok) throw new Error(report.fault.text)
  head = report.head
})
afterAll(() => database[Symbol.asyncDispose]())

describe('a log nobody touched', () => {
  test.each([1, 3, ENTRIES, 1_000])('is whole when read %i at a time', async (batch) => {
    expect(await verifyAuditChain(database.owner, { batch })).toEqual({ ok: true, head })
  })

  test('holds its noted head, with and without its number, after it has grown too', async () => {
    await using grown = await testDatabase()
    await recordMany(grown.db, 3)
    const noted = await verifyAuditChain(grown.owner)
    const hash = noted.ok ? noted.head.hash : ''
    await recordMany(grown.db, 2)
    for (const anchor of [
      { seq: 3, hash },
      { seq: null, hash },
    ]) {
      const report = await verifyAuditChain(grown.owner, { anchor })
      expect(report).toMatchObject({ ok: true, head: { seq: 5 } })
    }
    expect(await verifyAuditChain(grown.owner, { anchor: { seq: 4, hash } })).toMatchObject({
      fault: { kind: 'not_anchored', seq: 4 },
    })
  })

  test('that is empty ends at nothing', async () => {
    await using empty = await testDatabase()
    expect(await verifyAuditChain(empty.owner)).toEqual({
      ok: true,
      head: { seq: 0, hash: '0'.repeat(64) },
    })
  })
})

describe('a superuser who edits', () => {
  test('any column of any entry is found at that entry', async () => {
    const { rows: columns } = await sql<{ name: string; type: string }>`
      select column_name as name, data_type as type from information_schema.columns
      where table_name = 'audit_entry'`.execute(database.owner)
    expect(columns.length).toBeGreaterThanOrEqual(17)
    for (const { name, type } of columns) {
      for (const seq of [1, 4, ENTRIES]) {
        const edits = editsOf[type] ?? []
        expect(edits, `${name} is ${type}`).not.toEqual([])
        for (const edit of name === 'outcome' ? ["'failed'"] : edits) {
          const fault = await faultAfter(
            `update audit_entry set ${name} = ${edit.replaceAll('$', name)} where seq = ${seq}`,
          )
          expect(fault, `${name} = ${edit}`).toMatchObject({
            kind: name === 'seq' ? 'missing' : 'changed',
            seq,
          })
        }
      }
    }
  })

  const editsOf: Readonly<Record<string, readonly string[]>> = {
    bigint: ['$ + 1000', '9223372036854775807'],
    'timestamp with time zone': [
      "$ + interval '1 microsecond'",
      "'infinity'",
      "$ - interval '4051 years'",
      "'2026-11-23 10:00:00.123+00 BC'",
    ],
    text: ["coalesce($, '') || ' '", "'x'"],
    bytea: ['set_byte($, 31, get_byte($, 31) # 1)', "'\\x'"],
  }

  test('an empty text to none, or none to an empty text', async () => {
    await using other = await testDatabase()
    await recordMany(other.db, 1)
    await sql`alter table audit_entry alter column reason drop not null`.execute(other.owner)
    await sql`update audit_entry set reason = null`.execute(other.owner)
    expect(await verifyAuditChain(other.owner)).toMatchObject({ fault: { kind: 'changed' } })
  })
})

describe('a superuser who', () => {
  test.each([1, 4, ENTRIES - 1])('deletes entry %i is found there', async (seq) => {
    expect(await faultAfter(`delete from audit_entry where seq = ${seq}`)).toEqual({
      kind: 'missing',
      seq,
      text: `Entry ${seq} is missing.`,
    })
  })

  test('deletes several in a row is told how many', async () => {
    expect(await faultAfter('delete from audit_entry where seq in (3, 4, 5)')).toEqual({
      kind: 'missing',
      seq: 3,
      text: 'Entry 3 is missing, and 2 more after it.',
    })
  })

  test('deletes one and closes the gap is found where the gap was', async () => {
    const fault = await faultAfter(
      'delete from audit_entry where seq = 4',
      ...[5, 6, 7, 8].map((seq) => `update audit_entry set seq = ${seq - 1} where seq = ${seq}`),
    )
    expect(fault).toMatchObject({ kind: 'reordered', seq: 4 })
    expect(fault?.text).toContain('was written as entry 5')
  })

  test.each([
    [2, 3],
    [1, ENTRIES],
    [3, 7],
  ])('swaps entries %i and %i is found at the first of them', async (first, second) => {
    const fault = await faultAfter(
      `update audit_entry set seq = 99 where seq = ${first}`,
      `update audit_entry set seq = ${first} where seq = ${second}`,
      `update audit_entry set seq = ${second} where seq = 99`,
    )
    expect(fault).toMatchObject({ kind: 'reordered', seq: first })
  })

  test('puts a forged entry in front, or far behind, is found', async () => {
    const forged = (seq: string) =>
      `insert into audit_entry select (jsonb_populate_record(a, '{"seq": ${seq}}')).* from audit_entry a where seq = 4`
    expect(await faultAfter(forged('0'))).toMatchObject({ kind: 'does_not_follow', seq: 0 })
    expect(await faultAfter(forged('-9223372036854775808'))).toMatchObject({
      kind: 'does_not_follow',
    })
    expect(await faultAfter(forged('9223372036854775807'))).toMatchObject({
      kind: 'missing',
      seq: ENTRIES + 1,
    })
    expect(await faultAfter(forged(String(ENTRIES + 1)))).toMatchObject({
      kind: 'reordered',
      seq: ENTRIES + 1,
    })
  })

  test('makes room for a forged entry in the middle is found there', async () => {
    const fault = await faultAfter(
      ...[8, 7, 6, 5].map((seq) => `update audit_entry set seq = ${seq + 1} where seq = ${seq}`),
      `insert into audit_entry select (jsonb_populate_record(a, '{"seq": 5, "actor_id": "u_eve"}')).* from audit_entry a where seq = 4`,
    )
    expect(fault).toMatchObject({ kind: 'changed', seq: 5 })
  })

  test('rewrites one entry with a hash that fits is found at the next', async () => {
    await tampered(async (owner) => {
      await rewriteFrom(owner, { from: 4, to: 4 })
      expect(await verifyAuditChain(owner)).toMatchObject({
        fault: { kind: 'does_not_follow', seq: 5 },
      })
    })
  })

  test('rewrites a whole tail with hashes that fit is found by the noted head alone', async () => {
    await tampered(async (owner) => {
      await rewriteFrom(owner, { from: 4, to: ENTRIES })
      expect(await verifyAuditChain(owner)).toMatchObject({ ok: true })
      expect(await verifyAuditChain(owner, { anchor: head })).toMatchObject({
        ok: false,
        fault: { kind: 'not_anchored', seq: ENTRIES },
      })
      const anywhere = await verifyAuditChain(owner, { anchor: { ...head, seq: null } })
      expect(anywhere).toMatchObject({ ok: false, fault: { kind: 'not_anchored' } })
    })
  })

  test('cuts the tail off is found by the noted head alone', async () => {
    await tampered(async (owner) => {
      await owner.deleteFrom('audit_entry').where('seq', '>', 6).execute()
      expect(await verifyAuditChain(owner)).toMatchObject({ ok: true, head: { seq: 6 } })
      expect(await verifyAuditChain(owner, { anchor: head })).toMatchObject({
        fault: { kind: 'not_anchored', seq: ENTRIES, text: expect.stringContaining('removed') },
      })
    })
  })

  test('empties the log is found by the noted head alone', async () => {
    await tampered(async (owner) => {
      await owner.deleteFrom('audit_entry').execute()
      expect(await verifyAuditChain(owner)).toMatchObject({ ok: true, head: { seq: 0 } })
      expect(await verifyAuditChain(owner, { anchor: head })).toMatchObject({ ok: false })
    })
  })
})

test('whatever is done to the log, the first entry that differs is named', async () => {
  const seqs = fc.integer({ min: 1, max: ENTRIES })
  const column = fc.constantFrom(
    'actor_id',
    'actor_name',
    'action',
    'reason',
    'subject_id',
    'before',
    'after',
    'address',
  )
  const mischief = fc.oneof(
    seqs.map((seq) => [`delete from audit_entry where seq = ${seq}`]),
    fc
      .tuple(column, seqs)
      .map(([name, seq]) => [
        `update audit_entry set ${name} = coalesce(${name}, '') || 'x' where seq = ${seq}`,
      ]),
    fc
      .tuple(seqs, seqs)
      .map(([one, other]) => [
        `update audit_entry set seq = 99 where seq = ${one}`,
        `update audit_entry set seq = ${one} where seq = ${other}`,
        `update audit_entry set seq = ${other} where seq = 99`,
      ]),
    seqs.map((seq) => [
      `update audit_entry set hash = sha256(hash) where seq = ${seq}`,
      `update audit_entry set previous_hash = sha256(previous_hash) where seq = ${seq} + 1`,
    ]),
    fc
      .tuple(seqs, seqs)
      .map(([from, to]) => [
        `update audit_entry a set reason = b.reason, actor_id = b.actor_id, hash = b.hash from audit_entry b where a.seq = ${to} and b.seq = ${from}`,
      ]),
  )
  const original = await texts(database.owner)
  await fc.assert(
    fc.asyncProperty(fc.array(mischief, { minLength: 1, maxLength: 3 }), async (all) => {
      await tampered(async (owner) => {
        for (const statement of all.flat()) await sql.raw(statement).execute(owner)
        const left = await texts(owner)
        const first = original.findIndex((text, index) => left[index] !== text)
        const report = await verifyAuditChain(owner, { batch: 3 })
        const isWhole = first === -1 || first === left.length
        expect(report).toMatchObject(
          isWhole ? { ok: true } : { ok: false, fault: { seq: first + 1 } },
        )
        const anchored = await verifyAuditChain(owner, { anchor: head })
        expect(anchored.ok).toBe(first === -1)
      })
    }),
    { numRuns: 150 },
  )
})

async function faultAfter(...statements: readonly string[]) {
  return tampered(async (owner) => {
    for (const statement of statements) await sql.raw(statement).execute(owner)
    const report = await verifyAuditChain(owner)
    return report.ok ? null : report.fault
  })
}

/** As superuser, in a transaction that is taken back. */
async function tampered<T>(work: (owner: Db) => Promise<T>): Promise<T> {
  const mischief = await database.owner.startTransaction().execute()
  try {
    return await work(mischief)
  } finally {
    await mischief.rollback().execute()
  }
}

async function rewriteFrom(owner: Db, { from, to }: { from: number; to: number }): Promise<void> {
  let previous: Buffer | null = null
  for await (const { entry, previousHash } of chainedRows(owner)) {
    if (entry.seq < from || entry.seq > to) continue
    const forged = { ...entry, reason: 'nothing happened' }
    const follows: Buffer = previous ?? previousHash
    previous = entryHash(forged, follows)
    await owner
      .updateTable('audit_entry')
      .set({ reason: forged.reason, previous_hash: follows, hash: previous })
      .where('seq', '=', entry.seq)
      .execute()
  }
}

/** Every entry in full, in order. */
async function texts(owner: Db): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select a::text as text from audit_entry a order by seq`.execute(owner)
  return rows.map(({ text }) => text)
}
