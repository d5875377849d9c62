import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { evidenceFaults } from '@desk/shared/withdrawals/check-evidence'
import { evidenceText, type RequestEvidence } from '@desk/shared/withdrawals/request-evidence'
import { verifyAuditChain } from '../audit/verify-chain.ts'
import { actorWith } from '../kernel/context.fixtures.ts'
import { testDatabase } from '../testing/test-database.ts'
import { arrange } from './asked-withdrawals.fixtures.ts'
import { exportEvidence } from './evidence.ts'
import { sendingWorld } from './sending-world.fixtures.ts'

const at = new Date('2026-11-23T12:00:00.000Z')

/** Approved by Ana and sent to SpacePay, which told of it. */
async function sentWithdrawal() {
  const world = await sendingWorld()
  const id = await world.approved()
  await world.send(id)
  await world.learnList()
  const { db } = world.database
  const by = { actor: actorWith(['auditor']), address: '203.0.113.7', requestId: 'req-42', at }
  const publicUrl = new URL('https://desk.example/')
  const file = await exportEvidence(
    { db, by, publicUrl, environment: 'sandbox', zone: 'Europe/London' },
    id,
  )
  return { id, db, file, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

/** The file as somebody else has it: its text, read again. */
const inFile = z.looseObject({
  submission: z.looseObject({ canonicalText: z.string(), fingerprint: z.string() }),
  audit: z.looseObject({
    entries: z.array(z.looseObject({ seq: z.number(), hash: z.string(), previous: z.string() })),
  }),
})

describe('the evidence of a withdrawal that was sent', () => {
  test('tells all of it, and what it says is recomputed from the file alone', async () => {
    await using sent = await sentWithdrawal()
    const { evidence } = sent.file
    const text = evidenceText(evidence)
    const { submission, audit } = inFile.parse(JSON.parse(text))
    expect(sha256(submission.canonicalText)).toBe(submission.fingerprint)
    expect(audit.entries.length).toBeGreaterThan(3)
    for (const { hash, ...hashed } of audit.entries) {
      expect(sha256(canonicalize(hashed) ?? '')).toBe(hash)
    }
    expect(evidenceFaults(evidence)).toEqual([])

    const { fingerprint } = submission
    expect(evidence).toMatchObject({
      exported: { by: { email: 'ada@shop.example' }, desk: 'https://desk.example' },
      request: { amountCents: 100, reason: 'Invoice 17', requestedBy: { name: 'Finn' } },
      policies: [{ version: 1, policy: { coolingOffHours: 24 } }],
      votes: [{ voter: { name: 'Ana' }, fingerprint, policyVersion: 1, voided: null }],
      attempts: [{ number: 1, fingerprint, state: 'accepted' }],
      atSpacePay: { withdrawal: { id: evidence.request.withdrawalId, amountCents: 100 } },
    })
    expect(evidence.votes[0]?.steppedUpAt).not.toBeNull()
    expect(evidence.attempts[0]?.body).toContain(evidence.request.orderId)
    expect(evidence.attempts[0]?.idempotencyKey).not.toBe('')
    expect(evidence.atSpacePay?.observations[0]?.body).toContain(evidence.request.orderId)
    expect(evidence.events.map(({ kind }) => kind)).toContain('submitted')
    expect(evidence.audit.entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['withdrawal.draft', 'withdrawal.submit', 'withdrawal.approve']),
    )
  })

  test('is named by its order id and day, and says whose addresses it holds', async () => {
    await using sent = await sentWithdrawal()
    const { name, evidence } = sent.file
    expect(name).toBe(`withdrawal-evidence-${evidence.request.orderId}-2026-11-23.json`)
    expect(evidence.personalData).toContain('network addresses')
  })

  test('its commands say what the file says, with nothing but a shell, openssl and Node', async () => {
    await using sent = await sentWithdrawal()
    const { name, evidence, sha256: hash } = sent.file
    const said = runIn({ name, text: evidenceText(evidence) }, evidence)
    expect(said).toHaveLength(4)
    for (const { answer, expected } of said) expect(answer).toContain(expected ?? hash)
    const entries = evidence.audit.entries.length
    expect(said[2]?.answer.match(/^\d+ proved$/gm)).toHaveLength(entries)
  })

  test('its commands show what was changed', async () => {
    await using sent = await sentWithdrawal()
    const { name, evidence } = sent.file
    const text = evidenceText(evidence)
      .replace('"action": "withdrawal.approve"', '"action": "withdrawal.reject"')
      .replace(evidence.submission?.canonicalTextBase64 ?? '', btoa('{"amountCents":900}'))
    const said = runIn({ name, text }, evidence)
    for (const { answer, expected } of said) {
      expect(answer).not.toContain(expected ?? sent.file.sha256)
    }
    expect(said[2]?.answer.match(/^\d+ CHANGED$/gm)).toHaveLength(1)
  })

  test('shows whichever byte was changed', async () => {
    await using sent = await sentWithdrawal()
    const { file, db } = sent
    const texts = pathsOfTexts(file.evidence)
    const covered = texts.filter((path) =>
      /^(submission|audit\.entries|atSpacePay\.observations\.\d+\.body)/.test(path),
    )
    expect(covered.length).toBeGreaterThan(40)
    const unseen = covered.filter(
      (path) => evidenceFaults(changedAt(file.evidence, path)).length === 0,
    )
    expect(unseen).toEqual([])
    // What no hash in the file covers is covered by the one that the audit log keeps.
    const entry = await db
      .selectFrom('audit_entry')
      .select(['action', 'actor_email', 'subject_id', 'after'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({
      action: 'withdrawal.export',
      actor_email: 'ada@shop.example',
      subject_id: sent.id,
    })
    expect(entry.after).toContain(sha256(evidenceText(file.evidence)))
    for (const path of texts) {
      expect(entry.after).not.toContain(sha256(evidenceText(changedAt(file.evidence, path))))
    }
    expect(await verifyAuditChain(db)).toMatchObject({ ok: true })
  })

  test('holds no secret of Desk or SpacePay', async () => {
    await using sent = await sentWithdrawal()
    const text = evidenceText(sent.file.evidence)
    expect(text).not.toMatch(/sk_(test|live)|whsec|authorization|cookie|password|session/i)
  })
})

test('what was approved before a change stays in the evidence, with why it is void', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  const before = await desk.submitted(desk.finn, { amountCents: 600_000 })
  await desk.approve(desk.ana, before)
  const change = { ...desk.asked, id: before.id, revision: before.revision }
  await desk.as(desk.finn).edit({ ...change, amountCents: 700_000 })
  const { evidence } = await desk.as(desk.cleo).evidence({ id: before.id })
  expect(evidence.submission).toBeNull()
  expect(evidence.votes).toMatchObject([
    {
      voter: { name: 'Ana' },
      fingerprint: before.fingerprint,
      voided: { reason: 'The request was changed.' },
    },
  ])
  expect(evidence.policies).toMatchObject([{ version: 1 }])
  const submitted = evidence.audit.entries.find(({ action }) => action === 'withdrawal.submit')
  expect(submitted?.after).toContain(before.fingerprint)
  expect(evidenceFaults(evidence)).toEqual([])
})

test('there is none of a withdrawal that does not exist, and none for who may not read it', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  await expect(desk.as(desk.cleo).evidence({ id: 'none' })).rejects.toThrow('no such withdrawal')
  for (const person of [desk.finn, desk.ana]) {
    await expect(desk.as(person).evidence({ id: 'none' })).rejects.toThrow(
      'needs the role Admin or Auditor',
    )
  }
})

/** A terminal in which programs would colour what they say. */
function terminalIn(cwd: string) {
  return { cwd, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '1' } } as const
}

/** What each command in the evidence answers in a folder that holds a file. */
function runIn(
  file: { readonly name: string; readonly text: string },
  { howToVerify }: RequestEvidence,
) {
  const folder = mkdtempSync(join(tmpdir(), 'desk-evidence-'))
  try {
    writeFileSync(join(folder, file.name), file.text)
    return howToVerify.flatMap(({ command, expected }) =>
      command === null
        ? []
        : [
            {
              expected,
              answer: execFileSync('sh', ['-c', command], terminalIn(folder)),
            },
          ],
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Where every text of the file stands. */
function pathsOfTexts(value: unknown, path: readonly string[] = []): readonly string[] {
  if (typeof value === 'string') return [path.join('.')]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => pathsOfTexts(part, [...path, key]))
}

/** The file with one character more at one place. */
function changedAt(evidence: RequestEvidence, path: string): RequestEvidence {
  const copy = structuredClone(evidence)
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const holder = keys.reduce<object>((held, key) => Object(Reflect.get(held, key)), copy)
  Reflect.set(holder, last, `${String(Reflect.get(holder, last))}0`)
  return copy
}
