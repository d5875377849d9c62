import type { ExpressionBuilder } from 'kysely'
import * as z from 'zod'
import {
  type DestinationPageInput,
  destinationPageInput,
} from '@desk/shared/withdrawals/destination-input-schema'
import type {
  DestinationDetail,
  DestinationPage,
  DestinationRow,
} from '@desk/shared/withdrawals/destination-view'
import { userId } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import type { Database } from '../database-schema.ts'
import type { Actor } from '../kernel/actor.ts'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { destinationBlocks } from './destination-blocks.ts'
import { readPassport } from './destination-passport.queries.ts'
import { personOf } from './policy-versions.queries.ts'

const PAGE_SIZE = 50
const OPEN_MAX = 100

/** Where a page of the book begins: after this label and id. */
interface Position {
  readonly label: string
  readonly id: string
}

export interface DestinationPageRequest {
  readonly query: Omit<DestinationPageInput, 'cursor'>
  readonly after: Position | null
}

const position = z.tuple([z.string(), z.string()])

/** A cursor that was cut, edited or belongs to another query is bad input, like any other field. */
export const destinationPageRequest = z.pipe(
  destinationPageInput,
  z.transform(({ cursor, ...query }, context): DestinationPageRequest => {
    if (cursor === undefined || cursor === null) return { query, after: null }
    const opened = openCursor(cursor, query)
    const read = opened === null ? null : positionIn(opened)
    if (read === null) {
      const message = 'This is not a page of this list. Start again from its first page'
      context.issues.push({ code: 'custom', input: cursor, path: ['cursor'], message })
    }
    return { query, after: read }
  }),
)

function positionIn(opened: string): Position | null {
  const { data } = z.string().transform(parsed).pipe(position).safeParse(opened)
  return data ? { label: data[0], id: data[1] } : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** One page of the book by label, in any state unless the query names one. */
export async function readDestinationPage(
  reads: Db,
  { query, after }: DestinationPageRequest,
  at: Date,
): Promise<DestinationPage> {
  const { q = '', network, state } = query
  const found = await destinations(reads)
    .$if(network !== undefined, (rows) => rows.where('destination.network', '=', network ?? ''))
    .$if(state !== undefined, (rows) => rows.where('destination.state', '=', state ?? 'active'))
    .$if(q !== '', (rows) => rows.where((eb) => matches(eb, q)))
    .$if(after !== null, (rows) =>
      rows.where((eb) =>
        eb(
          eb.refTuple(eb.fn<string>('lower', ['destination.label']), 'destination.id'),
          '>',
          eb.tuple(after?.label ?? '', after?.id ?? ''),
        ),
      ),
    )
    .orderBy((eb) => eb.fn('lower', ['destination.label']))
    .orderBy('destination.id')
    .limit(PAGE_SIZE + 1)
    .execute()
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  const isMore = found.length > PAGE_SIZE && last !== undefined
  return {
    rows: page.map((row) => toRow(row, at)),
    nextCursor: isMore ? sealCursor(JSON.stringify([last.sortLabel, last.id]), query) : null,
  }
}

/** Anywhere in the label or the address. */
function matches(
  eb: ExpressionBuilder<Pick<Database, 'destination'>, 'destination'>,
  text: string,
) {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return eb.or([
    eb('destination.label', 'ilike', pattern),
    eb('destination.address', 'ilike', pattern),
  ])
}

/** Refuses with `destination_unknown`. */
export async function readDestination(
  reads: Db,
  id: string,
  { actor, at }: { readonly actor: Actor; readonly at: Date },
): Promise<DestinationDetail> {
  const row = await destinations(reads).where('destination.id', '=', id).executeTakeFirst()
  if (!row) {
    throw new Refusal('not_found', 'destination_unknown', 'The address book has no such entry.')
  }
  return {
    ...toRow(row, at),
    passport: await readPassport(reads, row, at),
    openRequests: await countOpenRequests(reads, id),
    blocks: await destinationBlocks(reads, row, actor),
  }
}

async function countOpenRequests(reads: Db, id: string): Promise<number> {
  const open = await reads
    .selectFrom('withdrawal_request')
    .select('id')
    .where('destination_id', '=', id)
    .where('state', 'in', [
      'draft',
      'pending_approval',
      'approved',
      'sending',
      'submitted',
      'processing',
      'unknown',
    ])
    .limit(OPEN_MAX)
    .execute()
  return open.length
}

function destinations(reads: Db) {
  return reads
    .selectFrom('destination')
    .innerJoin('person as proposer', 'proposer.id', 'destination.proposed_by')
    .leftJoin('person as approver', 'approver.id', 'destination.approved_by')
    .leftJoin('person as changer', 'changer.id', 'destination.state_by')
    .selectAll('destination')
    .select((eb) => [
      'proposer.name as proposer',
      'approver.name as approver',
      'changer.name as changer',
      eb.fn<string>('lower', ['destination.label']).as('sortLabel'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof destinations>['execute']>>[number]

function toRow(row: Row, at: Date): DestinationRow {
  const usableFrom = row.state === 'active' || row.state === 'frozen' ? row.usable_from : null
  return {
    id: row.id,
    network: row.network,
    address: row.address,
    label: row.label,
    state: row.state,
    proposedBy: { userId: userId.parse(row.proposed_by), name: row.proposer },
    proposedAt: row.proposed_at.toISOString(),
    approvedBy: personOf(row.approved_by, row.approver),
    approvedAt: row.approved_at?.toISOString() ?? null,
    coolingOffUntil: usableFrom !== null && usableFrom > at ? usableFrom.toISOString() : null,
    stateBy: personOf(row.state_by, row.changer),
    stateAt: row.state_at.toISOString(),
    stateReason: row.state_reason,
  }
}
