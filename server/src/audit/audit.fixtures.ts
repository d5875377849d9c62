import { userId } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { type NewAuditEntry, recordAudit } from './record-audit.ts'

export const BY: Attribution = {
  actor: { userId: userId.parse('u_ada'), name: 'Ada', email: 'ada@shop.example' },
  address: '203.0.113.7',
  requestId: 'req-42',
  at: new Date('2026-11-23T10:00:00.123Z'),
}

/** One entry in a transaction of its own. */
export async function record(
  db: Db,
  entry: Partial<NewAuditEntry> = {},
  by: Partial<Attribution> = {},
): Promise<void> {
  const whole = { action: 'payment.refresh', ...entry } as const
  await db.transaction().execute((trx) => recordAudit(trx, { ...BY, ...by }, whole))
}

/** So many entries, each about something else. */
export async function recordMany(db: Db, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    await record(db, {
      reason: `reason ${number}`,
      subject: { kind: 'payment', id: `pay_${number}`, label: `Order ${number}` },
      before: { status: 'pending', number },
      after: { status: 'completed', number },
    })
  }
}
