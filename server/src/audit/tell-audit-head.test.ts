import { expect, test } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { recordMany } from './audit.fixtures.ts'
import { type Mail, tellAuditHead } from './tell-audit-head.ts'
import { verifyAuditChain } from './verify-chain.ts'

test('the head goes to the log and by mail, as what the command to verify takes', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  await recordMany(db, 2)
  const lines: object[] = []
  const mails: Mail[] = []
  const log = { info: (facts: object, message: string) => void lines.push({ ...facts, message }) }
  const send = async (mail: Mail) => void mails.push(mail)

  await tellAuditHead({ db, log, mail: null })
  await tellAuditHead({ db, log, mail: { to: 'audit@shop.example', send } })

  const report = await verifyAuditChain(owner)
  const { seq, hash } = report.ok ? report.head : { seq: 0, hash: '' }
  const line = { message: 'audit head', seq: 2, hash, at: '2026-11-23T10:00:00.123Z' }
  expect(lines).toEqual([line, line])
  expect(mails).toMatchObject([{ to: 'audit@shop.example', subject: 'Desk audit log: entry 2' }])
  expect(mails[0]?.text).toContain(`pnpm verify audit --seq ${seq} --hash ${hash}\n`)
})

test('a mail that cannot be sent fails the task, so that it is tried again', async () => {
  await using database = await testDatabase()
  const lines: object[] = []
  const told = tellAuditHead({
    db: database.db,
    log: { info: (facts) => void lines.push(facts) },
    mail: { to: 'audit@shop.example', send: async () => Promise.reject(new Error('no route')) },
  })
  await expect(told).rejects.toThrow('no route')
  expect(lines).toEqual([{ seq: 0, hash: '0'.repeat(64), at: null }])
})
