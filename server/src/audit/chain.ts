import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { AuditOutcome } from '@desk/shared/audit/audit-entry'

/** Everything one entry says. The chain covers all of it. */
export interface ChainedEntry {
  readonly seq: number
  /** ISO 8601 in UTC with microseconds, as Postgres keeps it. */
  readonly at: string
  readonly actorId: string | null
  readonly actorName: string | null
  readonly actorEmail: string | null
  readonly action: string
  readonly outcome: AuditOutcome
  readonly reason: string | null
  readonly subjectKind: string | null
  readonly subjectId: string | null
  readonly subjectLabel: string | null
  readonly before: string | null
  readonly after: string | null
  readonly address: string | null
  readonly requestId: string | null
}

/** What the first entry follows. */
export const genesisHash = Buffer.alloc(32)

/**
 * SHA-256 over the entry before and this one in canonical JSON (RFC 8785): whoever changes, removes or
 * moves an entry would have to change every later one too.
 */
export function entryHash(entry: ChainedEntry, previousHash: Buffer): Buffer {
  const text = canonicalJson(hashedContent(entry, previousHash))
  return createHash('sha256').update(text).digest()
}

/** All that the hash of an entry is made of: whoever has it can check the hash without Desk. */
export function hashedContent(entry: ChainedEntry, previousHash: Buffer) {
  return { ...entry, version: 1, previous: previousHash.toString('hex') }
}

/**
 * The same text for the same content, whatever the order in which it was put together (RFC 8785). Half a
 * surrogate pair, which that form does not have, becomes the replacement character.
 */
export function canonicalJson(content: unknown): string {
  const text = canonicalize(wellFormed(content))
  if (text === undefined) throw new TypeError('This content has no JSON form.')
  return text
}

function wellFormed(content: unknown): unknown {
  if (typeof content === 'string') return content.toWellFormed()
  if (Array.isArray(content)) return content.map(wellFormed)
  if (typeof content !== 'object' || content === null || 'toJSON' in content) return content
  const entries = Object.entries(content).map(([key, value]) => [
    key.toWellFormed(),
    wellFormed(value),
  ])
  return Object.fromEntries(entries)
}
