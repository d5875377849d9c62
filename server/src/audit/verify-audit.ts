import * as z from 'zod'
import type { Db } from '../database.ts'
import { type Anchor, verifyAuditChain } from './verify-chain.ts'

const hash = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'is a hash of 64 hexadecimal digits')
const seq = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'is the number of an entry')
  .transform(Number)

/** `--head HASH`, `--seq N --hash HASH`, or nothing; see `Anchor`. */
export const anchorOptions = z.union([
  z.strictObject({ head: hash }).transform((given): Anchor => ({ seq: null, hash: given.head })),
  z.strictObject({ seq, hash }),
  z.strictObject({}).transform(() => null),
])

/** The audit log's verdict in words, with its head to be noted for next time. */
export async function verifyAudit(
  db: Db,
  { anchor }: { readonly anchor: Anchor | null },
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const report = await verifyAuditChain(db, { anchor })
  if (!report.ok) return { ok: false, text: `BROKEN. ${report.fault.text}` }
  const { head } = report
  if (head.seq === 0) return { ok: true, text: `the log is empty.${withoutAnchor(anchor)}` }
  const entries = `${head.seq} ${head.seq === 1 ? 'entry' : 'entries'}`
  return {
    ok: true,
    text: `${entries}, each following the one before.${withoutAnchor(anchor)}\nHead: --seq ${head.seq} --hash ${head.hash}`,
  }
}

function withoutAnchor(anchor: Anchor | null): string {
  if (anchor !== null) return ' The head you noted is among them.'
  return ' A removed or rewritten end shows only against a head noted outside this database.'
}
