import { sql } from 'kysely'
import { userId } from '@desk/shared/identity/session'
import { isAmountCents } from '@desk/shared/money/amount-cents'
import { checkDestination } from '@desk/shared/withdrawals/destination-checks'
import { isEvm } from '@desk/shared/withdrawals/destination-address'
import { nearestLookAlike } from '@desk/shared/withdrawals/look-alike'
import type { DestinationPassport } from '@desk/shared/withdrawals/passport'
import type { Db } from '../database.ts'

interface Place {
  readonly network: string
  readonly address: string
}

/** The checks of a request's destination by what Desk knows now. */
export async function readChecks(
  db: Db,
  request: { readonly network: string; readonly destination_address: string },
): Promise<DestinationPassport['checks']> {
  return checksOf(db, { network: request.network, address: request.destination_address })
}

async function checksOf(
  db: Db,
  { network, address }: Place,
): Promise<DestinationPassport['checks']> {
  const lower = isEvm(network) ? address.toLowerCase() : address
  const { rows } = await sql<{ isContract: boolean; isOwn: boolean }>`
    select
      exists (select from quote where lower(contract_address) = ${lower} and network = ${network}) as "isContract",
      exists (select from payment where deposit_address = ${lower}) or
        exists (select from quote where deposit_address = ${lower}) as "isOwn"
  `.execute(db)
  const [known = { isContract: false, isOwn: false }] = rows
  return checkDestination(
    { network, address },
    {
      tokenContracts: known.isContract ? [address] : [],
      isOwnDepositAddress: known.isOwn,
    },
  )
}

/** Everything Desk knows of an address, in the book or not. */
export async function readPassport(
  db: Db,
  { network, address }: Place,
): Promise<DestinationPassport> {
  const lower = address.toLowerCase()
  const [checks, entry, seen, lookAlike] = await Promise.all([
    checksOf(db, { network, address }),
    readEntry(db, { network, lower }),
    readPaid(db, { network, lower }),
    findLookAlike(db, { network, address }),
  ])
  return {
    destinationId: entry?.id ?? null,
    network,
    address,
    label: entry?.label ?? null,
    state: entry?.state ?? null,
    checks,
    addedBy: entry ? { userId: userId.parse(entry.proposed_by), name: entry.proposer } : null,
    addedAt: entry?.proposed_at.toISOString() ?? null,
    approvedBy:
      entry?.approved_by != null && entry.approver !== null
        ? { userId: userId.parse(entry.approved_by), name: entry.approver }
        : null,
    approvedAt: entry?.approved_at?.toISOString() ?? null,
    firstSeenAt: firstOf([seen.firstAt, entry?.proposed_at ?? null]),
    timesPaid: seen.times,
    paidCents: seen.cents,
    lastPaidAt: seen.lastAt?.toISOString() ?? null,
    lookAlike,
    coolingOffUntil: entry?.usable_from?.toISOString() ?? null,
  }
}

async function readEntry(db: Db, { network, lower }: { network: string; lower: string }) {
  return db
    .selectFrom('destination')
    .innerJoin('person as proposer', 'proposer.id', 'destination.proposed_by')
    .leftJoin('person as approver', 'approver.id', 'destination.approved_by')
    .select([
      'destination.id',
      'destination.label',
      'destination.state',
      'destination.proposed_by',
      'destination.proposed_at',
      'destination.approved_by',
      'destination.approved_at',
      'destination.usable_from',
      'proposer.name as proposer',
      'approver.name as approver',
    ])
    .where('destination.network', '=', network)
    .where((eb) => eb(eb.fn('lower', ['destination.address']), '=', lower))
    .orderBy('destination.state_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** By SpacePay's own account of withdrawals, whoever asked for them. */
async function readPaid(db: Db, { network, lower }: { network: string; lower: string }) {
  const row = await db
    .selectFrom('withdrawal')
    .select((eb) => [
      eb.fn.min('created_at').as('firstAt'),
      eb.fn.max('created_at').filterWhere('status', '=', 'completed').as('lastAt'),
      sql<number>`count(*) filter (where status = 'completed')`.as('times'),
      sql<number>`coalesce(sum(amount_cents) filter (where status = 'completed'), 0)::bigint`.as(
        'cents',
      ),
    ])
    .where('network', '=', network)
    .where('recipient_address', '=', lower)
    .executeTakeFirstOrThrow()
  if (!isAmountCents(row.cents)) throw new RangeError('What was paid is no exact sum.')
  return { ...row, cents: row.cents }
}

const candidatesMax = 5_000

/** Over the book, what was ever paid, and payers whose address begins the same. */
async function findLookAlike(db: Db, place: Place): Promise<DestinationPassport['lookAlike']> {
  const { network, address } = place
  const [from, before] = prefixRange(address.toLowerCase())
  const { rows } = await sql<{
    address: string
    label: string | null
    seenIn: 'book' | 'withdrawals' | 'payments'
  }>`
    (select address, label, 'book' as "seenIn" from destination
      where network = ${network} and state <> 'removed' limit ${candidatesMax})
    union all
    (select distinct recipient_address, null, 'withdrawals' from withdrawal
      where network = ${network} and recipient_address is not null limit ${candidatesMax})
    union all
    (select distinct sender_address, null, 'payments' from payment
      where sender_address >= ${from} and sender_address < ${before} limit ${candidatesMax})
  `.execute(db)
  const found = nearestLookAlike(place, rows)
  return found && { ...found.candidate, differsAt: found.differsAt }
}

/** From and before which texts begin with the first characters that people compare: `0x5290` and `0x5291`. */
function prefixRange(lower: string): readonly [string, string] {
  const head = lower.slice(0, 6)
  const last = head.charCodeAt(head.length - 1)
  return [head, head.slice(0, -1) + String.fromCharCode(last + 1)]
}

function firstOf(instants: readonly (Date | null)[]): string | null {
  const known = instants.flatMap((at) => at?.getTime() ?? [])
  return known.length === 0 ? null : new Date(Math.min(...known)).toISOString()
}
