import type { AuditHead } from '@desk/shared/audit/audit-entry'
import type { Db } from '../database.ts'
import { type ChainedEntry, entryHash, genesisHash } from './chain.ts'
import { type ChainedRow, chainedRows, type EntrySelection } from './chained-rows.queries.ts'

export type ChainEnd = Pick<AuditHead, 'seq' | 'hash'>

export interface Anchor {
  /** Where the hash stood; anywhere in the log unless given. */
  readonly seq: number | null
  /** Hex. */
  readonly hash: string
}

/** `seq` names the first entry that is not as it was written, or is not there. */
export interface ChainFault {
  readonly kind: 'changed' | 'missing' | 'reordered' | 'does_not_follow' | 'not_anchored'
  readonly seq: number
  readonly text: string
}

export interface ChainFailure {
  readonly ok: false
  readonly fault: ChainFault
}

export type ChainReport = { readonly ok: true; readonly head: ChainEnd } | ChainFailure

export const chainStart: ChainEnd = { seq: 0, hash: genesisHash.toString('hex') }

/**
 * Walks the whole log in its order and stops at the first entry that breaks the chain. Without an anchor
 * from outside nobody can tell that the newest entries were removed, or all from one on rewritten.
 */
export async function verifyAuditChain(
  db: Db,
  {
    anchor = null,
    batch = 1_000,
  }: { readonly anchor?: Anchor | null; readonly batch?: number } = {},
): Promise<ChainReport> {
  let head = chainStart
  let isAnchored = anchor === null || holds(anchor, head)
  for await (const row of chainedRows(db, { batch })) {
    const fault = faultOf(row, head)
    if (fault) return { ok: false, fault }
    head = endOf(row)
    isAnchored ||= anchor !== null && holds(anchor, head)
  }
  if (anchor === null || isAnchored) return { ok: true, head }
  return { ok: false, fault: notAnchored(anchor, head) }
}

/**
 * Walks on from where an earlier stretch ended, so many entries at most, and has to come by the anchor if it
 * gets there. `isEnd`: nothing follows.
 */
export async function verifyStretch(
  db: Db,
  walk: { readonly from: ChainEnd; readonly anchor: ChainEnd; readonly entriesMax: number },
): Promise<(Extract<ChainReport, { ok: true }> & { readonly isEnd: boolean }) | ChainFailure> {
  const { from, anchor, entriesMax } = walk
  const broken = (head: ChainEnd): ChainFailure => ({ ok: false, fault: notAnchored(anchor, head) })
  let head = from
  const only = (rows: EntrySelection) =>
    from.seq === 0 ? rows : rows.where('audit_entry.seq', '>', from.seq)
  for await (const row of chainedRows(db, { only })) {
    if (head.seq - from.seq === entriesMax) return { ok: true, head, isEnd: false }
    const fault = faultOf(row, head)
    if (fault) return { ok: false, fault }
    head = endOf(row)
    if (head.seq === anchor.seq && head.hash !== anchor.hash) return broken(head)
  }
  return head.seq < anchor.seq ? broken(head) : { ok: true, head, isEnd: true }
}

function endOf({ entry, hash }: ChainedRow): ChainEnd {
  return { seq: entry.seq, hash: hash.toString('hex') }
}

function faultOf(row: ChainedRow, head: ChainEnd): ChainFault | null {
  const { entry, previousHash, hash } = row
  const seq = head.seq + 1
  if (entry.seq > seq) {
    const gap = entry.seq - seq
    const others = gap > 1 ? `, and ${gap - 1} more after it` : ''
    return { kind: 'missing', seq, text: `Entry ${seq} is missing${others}.` }
  }
  if (entry.seq < seq) {
    const text = `Entry ${entry.seq} stands before the first one, where nothing is ever written.`
    return { kind: 'does_not_follow', seq: entry.seq, text }
  }
  if (!entryHash(entry, previousHash).equals(hash)) return unlike(row)
  if (previousHash.toString('hex') === head.hash) return null
  const text =
    seq === 1
      ? 'Entry 1 follows another entry: what came before it was removed.'
      : `Entry ${seq} does not follow entry ${seq - 1}: one of the two was replaced by another.`
  return { kind: 'does_not_follow', seq, text }
}

/** How far from its place an entry is looked for: an exchange of neighbours, or a run that moved up. */
const placesMax = 1_000

function unlike({ entry, previousHash, hash }: ChainedRow): ChainFault {
  const { seq } = entry
  const isFrom = (place: number) =>
    place > 0 && entryHash(at(place, entry), previousHash).equals(hash)
  for (let distance = 1; distance <= placesMax; distance += 1) {
    const place = [seq + distance, seq - distance].find(isFrom)
    if (place === undefined) continue
    const text = `Entry ${seq} was written as entry ${place}: entries were moved or removed.`
    return { kind: 'reordered', seq, text }
  }
  const text = `Entry ${seq} was changed: it is not what its hash was made of.`
  return { kind: 'changed', seq, text }
}

function at(seq: number, entry: ChainedEntry): ChainedEntry {
  return { ...entry, seq }
}

function holds(anchor: Anchor, head: ChainEnd): boolean {
  return (anchor.seq === null || anchor.seq === head.seq) && anchor.hash === head.hash
}

function notAnchored(anchor: Anchor, head: ChainEnd): ChainFault {
  const cut = `the log ends at entry ${head.seq}`
  if (anchor.seq === null) {
    const text =
      `No entry has the hash ${anchor.hash} (${cut}): the newest entries were removed, or all ` +
      'from some entry on were rewritten.'
    return { kind: 'not_anchored', seq: head.seq, text }
  }
  const text =
    anchor.seq > head.seq
      ? `Entry ${anchor.seq} is missing: ${cut}. The newest entries were removed.`
      : `Entry ${anchor.seq} has another hash than it had: it, or an entry before it, was rewritten ` +
        'together with all that follow.'
  return { kind: 'not_anchored', seq: anchor.seq, text }
}
