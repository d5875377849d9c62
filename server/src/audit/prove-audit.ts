import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { type BackgroundLoop, startLoop } from '../kernel/background-loop.ts'
import { type ChainEnd, chainStart, verifyStretch } from './verify-chain.ts'

export interface Proving {
  readonly db: Db
  readonly now: () => Date
  readonly log: { error(facts: object, message: string): void }
}

const lookEveryMs = 60_000
/** From the end of one whole walk until the next begins at the first entry again. */
const restMs = 60 * 60_000
const entriesPerRound = 5_000

/**
 * Walks the audit log over and over, a stretch at a time and on one Desk at a time, so that an entry that was
 * changed or removed is told and not found by chance. What it cannot see, an end rewritten together with the
 * proof, shows against the head that is mailed.
 */
export function startProvingAudit(proving: Proving): BackgroundLoop {
  return startLoop({
    name: 'audit proof',
    round: () => proveOnce(proving),
    intervalMs: lookEveryMs,
    log: proving.log,
  })
}

/** Resolves to whether more of the log waits to be walked now. */
export async function proveOnce(
  { db, now, log }: Proving,
  entriesMax = entriesPerRound,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ ours: boolean }>`
      select pg_try_advisory_xact_lock(${advisoryLocks.auditProof}) as ours`.execute(trx)
    if (rows[0]?.ours !== true) return false
    const proof = await readProof(trx)
    const isDue = proof.provedAt === null || now().getTime() - proof.provedAt.getTime() >= restMs
    const begins = isDue && !proof.isWhole
    const isWhole = begins || proof.isWhole
    const from = begins ? chainStart : proof.walked
    const walked = await verifyStretch(trx, { from, anchor: proof.proved, entriesMax })
    if (!walked.ok) {
      const { seq, text } = walked.fault
      if (text !== proof.fault) log.error({ seq }, `The audit log is broken: ${text}`)
      // From the first entry on: what is mended may lie before.
      await saveProof(trx, { walked: chainStart, isWhole: true, fault: { seq, text } })
      return false
    }
    const { head, isEnd } = walked
    const proved = { ...head, at: isWhole ? now() : proof.provedAt }
    await saveProof(trx, {
      walked: head,
      isWhole: isWhole && !isEnd,
      ...(isEnd && { proved, fault: null }),
    })
    return !isEnd
  })
}

interface Proof {
  readonly walked: ChainEnd
  readonly proved: ChainEnd
  readonly provedAt: Date | null
  /** The walk under way began at the first entry; any other looks at what was added since. */
  readonly isWhole: boolean
  readonly fault: string | null
}

async function readProof(trx: Trx): Promise<Proof> {
  const row = await trx.selectFrom('audit_proof').selectAll().executeTakeFirstOrThrow()
  return {
    walked: { seq: row.walked_seq, hash: row.walked_hash.toString('hex') },
    proved: { seq: row.proved_seq, hash: row.proved_hash.toString('hex') },
    provedAt: row.proved_at,
    isWhole: row.is_whole,
    fault: row.fault,
  }
}

async function saveProof(
  trx: Trx,
  found: {
    readonly walked: ChainEnd
    readonly isWhole: boolean
    readonly proved?: ChainEnd & { readonly at: Date | null }
    readonly fault?: { readonly seq: number; readonly text: string } | null
  },
): Promise<void> {
  const { walked, isWhole, proved, fault } = found
  await trx
    .updateTable('audit_proof')
    .set({
      walked_seq: walked.seq,
      walked_hash: Buffer.from(walked.hash, 'hex'),
      is_whole: isWhole,
      ...(proved && {
        proved_seq: proved.seq,
        proved_hash: Buffer.from(proved.hash, 'hex'),
        proved_at: proved.at,
      }),
      ...(fault !== undefined && { fault_seq: fault?.seq ?? null, fault: fault?.text ?? null }),
    })
    .execute()
}
