import { sql } from 'kysely'
import { isEvm } from '@desk/shared/withdrawals/destination-address'
import { nearestLookAlike } from '@desk/shared/withdrawals/look-alike'
import type { DestinationPassport } from '@desk/shared/withdrawals/passport'
import type { Db } from '../database.ts'

/** `0x` and four digits, as people glance at the head of an address; as in the indexes of migration 0014. */
const HEAD = 6
const TAIL = 4
/** From each place. Somebody who poisons a list with more than that has made all of them alike. */
const CANDIDATES_MAX = 500

type LookAlike = NonNullable<DestinationPassport['lookAlike']>

/**
 * The address most easily taken for this one: in the whole address book, and among those that were ever paid or
 * ever paid us, as far as they begin or end the same. On EVM networks one account has the same address on all,
 * so all are looked at; elsewhere those of the network.
 */
export async function findLookAlike(
  db: Db,
  { network, address }: { readonly network: string; readonly address: string },
): Promise<LookAlike | null> {
  const asked = isEvm(network) ? address.toLowerCase() : address
  const head = asked.slice(0, HEAD)
  const tail = asked.slice(-TAIL)
  const ofKin = isEvm(network) ? sql`network like 'eip155:%'` : sql`network = ${network}`
  const alike = (table: 'withdrawal' | 'payment', column: string) => {
    const other = sql.ref(column)
    const beginsSo = sql`left(${other}, ${sql.lit(HEAD)}) = ${head}`
    const endsSo = sql`right(${other}, ${sql.lit(TAIL)}) = ${tail}`
    const place = sql`${table === 'payment' ? 'payments' : 'withdrawals'}::text as "seenIn"`
    const found = [beginsSo, endsSo].map(
      (isAlike) => sql`(
        select ${other} as address, null::text as label, ${place} from ${sql.table(table)}
        where ${isAlike} and ${other} is not null and ${other} <> ${asked} and ${ofKin}
        group by ${other} order by (${beginsSo} and ${endsSo}) desc limit ${CANDIDATES_MAX})`,
    )
    return sql.join(found, sql` union all `)
  }
  const { rows } = await sql<Omit<LookAlike, 'differsAt'>>`
    (select address, label, 'book'::text as "seenIn" from destination
      where ${ofKin} and state in ('proposed', 'active', 'frozen')
      order by state, label limit ${10 * CANDIDATES_MAX})
    union all ${alike('withdrawal', 'recipient_address')}
    union all ${alike('payment', 'sender_address')}`.execute(db)
  const nearest = nearestLookAlike({ network, address }, rows)
  return nearest && { ...nearest.candidate, differsAt: nearest.differsAt }
}
