import { sql } from 'kysely'
import { isAmountCents } from '@desk/shared/money/amount-cents'
import { checkDestination } from '@desk/shared/withdrawals/destination-checks'
import { isEvm } from '@desk/shared/withdrawals/destination-address'
import type { DestinationPassport } from '@desk/shared/withdrawals/passport'
import type { Db } from '../database.ts'
import { findLookAlike } from './look-alikes.queries.ts'
import { personOf } from './policy-versions.queries.ts'

interface Place {
  readonly network: string
  readonly address: string
}

/** A payer may have paid any number of times; the first of so many is early enough. */
const PAYMENTS_MAX = 10_000

/** The checks of a request's destination by what Desk knows now. */
export async function readChecks(
  db: Db,
  request: { readonly network: string; readonly destination_address: string },
): Promise<DestinationPassport['checks']> {
  return checkAddress(db, { network: request.network, address: request.destination_address })
}

/** The same for any address, as it is spelled with its checksum. */
export async function checkAddress(
  db: Db,
  { network, address }: Place,
): Promise<DestinationPassport['checks']> {
  const key = keyOf({ network, address })
  const { rows } = await sql<{ isContract: boolean; isOwn: boolean }>`
    select
      exists (select from quote
        where lower(contract_address) = ${key.toLowerCase()} and network = ${network}) or
        exists (select from token_contract where address = ${key} and network = ${network}) as "isContract",
      exists (select from payment where deposit_address = ${key}) or
        exists (select from quote where deposit_address = ${key}) as "isOwn"
  `.execute(db)
  const [known = { isContract: false, isOwn: false }] = rows
  return checkDestination(
    { network, address },
    {
      tokenContracts: known.isContract ? [key] : [],
      isOwnDepositAddress: known.isOwn,
    },
  )
}

/** As the mirror spells it: on EVM networks without a checksum. */
function keyOf({ network, address }: Place): string {
  return isEvm(network) ? address.toLowerCase() : address
}

/** Everything Desk knows of an address at an instant, in the book or not. */
export async function readPassport(db: Db, place: Place, at: Date): Promise<DestinationPassport> {
  const checks = await checkAddress(db, place)
  const entry = await readEntry(db, place)
  const paid = await readPaid(db, place)
  const usableFrom = entry?.usable_from ?? null
  const isKnownHere = paid.times > 0 || (entry?.approved_at ?? null) !== null
  return {
    destinationId: entry?.id ?? null,
    ...place,
    label: entry?.label ?? null,
    state: entry?.state ?? null,
    checks,
    addedBy: entry ? personOf(entry.proposed_by, entry.proposer) : null,
    addedAt: entry?.proposed_at.toISOString() ?? null,
    approvedBy: personOf(entry?.approved_by ?? null, entry?.approver ?? null),
    approvedAt: entry?.approved_at?.toISOString() ?? null,
    firstSeenAt: firstOf([
      paid.firstAt,
      await firstPaymentOf(db, place),
      await firstProposalOf(db, place),
    ]),
    timesPaid: paid.times,
    paidCents: paid.cents,
    lastPaidAt: paid.lastAt?.toISOString() ?? null,
    knownOn: isKnownHere ? [] : await otherNetworksOf(db, place),
    lookAlike: await findLookAlike(db, place),
    coolingOffUntil: usableFrom !== null && usableFrom > at ? usableFrom.toISOString() : null,
  }
}

/** The entry that counts, else the last one that was refused or removed. */
async function readEntry(db: Db, place: Place) {
  return entriesOf(db, place)
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
    .orderBy(sql`destination.state in ('proposed', 'active', 'frozen')`, 'desc')
    .orderBy('destination.state_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function entriesOf(db: Db, { network, address }: Place) {
  return db
    .selectFrom('destination')
    .where('destination.network', '=', network)
    .where((eb) => eb(eb.fn('lower', ['destination.address']), '=', address.toLowerCase()))
}

async function firstProposalOf(db: Db, place: Place): Promise<Date | null> {
  const row = await entriesOf(db, place)
    .select((eb) => eb.fn.min('destination.proposed_at').as('at'))
    .executeTakeFirst()
  return row?.at ?? null
}

/** By SpacePay's own account of withdrawals, whoever asked for them. */
async function readPaid(db: Db, place: Place) {
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
    .where('network', '=', place.network)
    .where('recipient_address', '=', keyOf(place))
    .executeTakeFirstOrThrow()
  if (!isAmountCents(row.cents)) throw new RangeError('What was paid is no exact sum.')
  return { ...row, cents: row.cents }
}

/** When it paid us first: a payer who gets money back is no stranger. */
async function firstPaymentOf(db: Db, place: Place): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(created_at) as at from (
      select created_at from payment
      where sender_address = ${keyOf(place)} and network = ${place.network} limit ${PAYMENTS_MAX}
    ) as paying`.execute(db)
  return rows[0]?.at ?? null
}

async function otherNetworksOf(db: Db, place: Place): Promise<readonly string[]> {
  const { rows } = await sql<{ network: string }>`
    select network from destination
    where lower(address) = ${place.address.toLowerCase()} and state = 'active' and network <> ${place.network}
    union
    select network from withdrawal
    where recipient_address = ${keyOf(place)} and status = 'completed' and network <> ${place.network}
    order by network`.execute(db)
  return rows.map(({ network }) => network)
}

function firstOf(instants: readonly (Date | null)[]): string | null {
  const known = instants.flatMap((at) => at?.getTime() ?? [])
  return known.length === 0 ? null : new Date(Math.min(...known)).toISOString()
}
