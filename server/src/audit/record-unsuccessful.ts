import * as z from 'zod'
import type { AuditSubjectKind } from '@desk/shared/audit/audit-entry'
import type { Db } from '../database.ts'
import type { UnsuccessfulCall } from '../kernel/trpc.ts'
import { recordAudit } from './record-audit.ts'

/**
 * Writes a call that was refused or failed, in a transaction of its own: the call's was rolled back.
 * When even that fails it goes to the log, since the person's own answer must not be lost to it.
 */
export async function recordUnsuccessful(
  into: { readonly db: Db; readonly log: { error(fields: object, message: string): void } },
  call: UnsuccessfulCall,
): Promise<void> {
  const { by, path, outcome, reason } = call
  try {
    await into.db.transaction().execute((trx) =>
      recordAudit(trx, by, {
        action: outcome === 'refused' ? 'call.refuse' : 'call.fail',
        outcome,
        reason,
        subject: subjectOf(call),
        after: { procedure: path },
      }),
    )
  } catch (error) {
    into.log.error({ err: error, procedure: path, requestId: by.requestId }, 'not audited')
  }
}

type Subject = { readonly kind: AuditSubjectKind; readonly id: 'id' | 'userId' }

/** Which objects a procedure, or a whole router, is about, and which part of the input names them. */
const subjects: Readonly<Record<string, Subject>> = {
  payments: { kind: 'payment', id: 'id' },
  notes: { kind: 'payment', id: 'id' },
  attention: { kind: 'payment', id: 'id' },
  team: { kind: 'person', id: 'userId' },
  'team.voidInvitation': { kind: 'invitation', id: 'id' },
  'team.renewInvitation': { kind: 'invitation', id: 'id' },
  'profile.endSession': { kind: 'session', id: 'id' },
}

const ids = z.object({ id: z.string().optional(), userId: z.string().optional() })

/** The object where the input names one, else the procedure itself. Of the input nothing else is kept. */
function subjectOf({ path, input }: UnsuccessfulCall) {
  const about = subjects[path] ?? subjects[path.split('.')[0] ?? '']
  const read = ids.safeParse(input)
  const id = about && read.success ? read.data[about.id] : undefined
  return about && id !== undefined
    ? ({ kind: about.kind, id } as const)
    : ({ kind: 'procedure', id: path } as const)
}
