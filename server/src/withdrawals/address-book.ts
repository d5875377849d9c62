import { randomUUID } from 'node:crypto'
import { readAddress } from '@desk/shared/withdrawals/destination-address'
import { failedChecks } from '@desk/shared/withdrawals/destination-checks'
import type { NewAuditEntry } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { publish } from '../kernel/live-events.ts'
import { checkAddress } from './destination-passport.queries.ts'

export interface NewDestination {
  readonly network: string
  readonly address: string
  readonly label: string
}

/** A person who does something, as opposed to Desk itself. */
export type ByPerson = Attribution & { readonly actor: NonNullable<Attribution['actor']> }

/**
 * Proposes an address for the book; it is paid once a second person approved it and its cooling-off is over.
 * An address that is in the book already is answered as it stands there. What the caller is to write into
 * the audit log comes with it, since that comes last in a transaction. Refuses with `address_invalid`,
 * `destination_unsafe` and `label_taken`.
 */
export async function proposeDestination(
  trx: Trx,
  by: ByPerson,
  asked: NewDestination,
): Promise<{
  readonly id: string
  readonly address: string
  readonly label: string
  readonly state: 'proposed' | 'active' | 'frozen'
  readonly entries: readonly NewAuditEntry[]
}> {
  const { address, problem } = readAddress(asked.network, asked.address)
  if (address === null) throw new Refusal('invalid', 'address_invalid', problem)
  const known = await findInBook(trx, asked.network, address)
  if (known) return { ...known, entries: [] }
  const failed = failedChecks(await checkAddress(trx, { network: asked.network, address }))
  if (failed.length > 0) throw new Refusal('invalid', 'destination_unsafe', failed.join(' '))
  await refuseTakenLabel(trx, asked)
  const id = randomUUID()
  const made = await trx
    .insertInto('destination')
    .values({
      id,
      network: asked.network,
      address,
      label: asked.label,
      state: 'proposed',
      proposed_by: by.actor.userId,
      proposed_at: by.at,
      state_by: by.actor.userId,
      state_at: by.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) {
    // Somebody else brought it in at the same moment: it is as they made it.
    const theirs = await findInBook(trx, asked.network, address)
    if (theirs) return { ...theirs, entries: [] }
    // Or took the label for another address.
    await refuseTakenLabel(trx, asked)
    throw new Refusal('conflict', 'destination_changed', 'The address book changed. Try again.')
  }
  await publish(trx, { kind: 'withdrawals.changed', requestId: null })
  const entry: NewAuditEntry = {
    action: 'destination.propose',
    subject: { kind: 'destination', id, label: asked.label },
    after: { network: asked.network, address },
  }
  return { id, address, label: asked.label, state: 'proposed', entries: [entry] }
}

/** The entry of an address that was neither refused nor removed. */
async function findInBook(trx: Trx, network: string, address: string) {
  const row = await trx
    .selectFrom('destination')
    .select(['id', 'address', 'label', 'state'])
    .where('network', '=', network)
    .where((eb) => eb(eb.fn('lower', ['address']), '=', address.toLowerCase()))
    .where('state', 'in', ['proposed', 'active', 'frozen'])
    .executeTakeFirst()
  return row?.state === 'proposed' || row?.state === 'active' || row?.state === 'frozen'
    ? { ...row, state: row.state }
    : undefined
}

/** Two entries of one network by one name could be taken for each other. */
export async function refuseTakenLabel(
  trx: Trx,
  { network, label, except = '' }: Pick<NewDestination, 'network' | 'label'> & { except?: string },
): Promise<void> {
  const taken = await trx
    .selectFrom('destination')
    .select('address')
    .where('network', '=', network)
    .where((eb) => eb(eb.fn('lower', ['label']), '=', label.toLowerCase()))
    .where('state', 'in', ['proposed', 'active', 'frozen'])
    .where('id', '<>', except)
    .executeTakeFirst()
  if (!taken) return
  throw new Refusal(
    'conflict',
    'label_taken',
    `Another destination on this network is called so, ${taken.address}. Choose another label.`,
  )
}
