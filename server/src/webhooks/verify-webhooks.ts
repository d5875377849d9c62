import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { Sealer } from '../kernel/sealed.ts'
import { secretIdOf } from './verify-signature.ts'
import { readSecretRows } from './webhook-secrets.queries.ts'

/** So many are in memory at once, each with a body of a megabyte at most. */
const deliveriesPerRead = 50
const faultsNamed = 20

/** What secrets can be had of. */
export interface SecretSources {
  readonly environment: readonly string[]
  /** Null where the key that they were sealed with is not at hand. */
  readonly sealer: Sealer | null
}

/**
 * Computes hash and signature of every stored delivery anew and names those that do not fit: of the bytes
 * against what was written down beside them, of the signature with every secret that is kept. In memory that
 * does not grow with their number.
 */
export async function verifyWebhooks(
  db: Db,
  { secretSources }: { readonly secretSources: SecretSources },
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const secrets = await knownSecrets(db, secretSources)
  const tally = { all: 0, withBytes: 0, signed: 0 }
  const faults: string[] = []
  let faulty = 0
  for (let after = 0; ;) {
    const kept = await readKept(db, after)
    for (const delivery of kept) {
      tally.all++
      if (delivery.body !== null) tally.withBytes++
      if (delivery.body !== null && secrets.has(delivery.secretId)) tally.signed++
      const fault = faultOf(delivery, secrets)
      if (fault === null) continue
      faulty++
      if (faults.length < faultsNamed) faults.push(`Delivery ${delivery.id}: ${fault}`)
    }
    const last = kept.at(-1)
    if (!last) break
    after = last.id
  }
  if (faulty === 0) return { ok: true, text: wholeText(tally) }
  const more = faulty > faults.length ? `\n…and ${faulty - faults.length} more.` : ''
  return { ok: false, text: `BROKEN. ${faults.join('\n')}${more}` }
}

interface Kept {
  readonly id: number
  readonly timestampHeader: string
  readonly signatureHeader: string
  readonly secretId: string
  readonly bodySha256: Buffer
  readonly signedSha256: Buffer
  readonly body: Buffer | null
  /** Whether the bytes of its month are still kept. */
  readonly isMonthKept: boolean
}

async function readKept(db: Db, after: number): Promise<readonly Kept[]> {
  const { rows } = await sql<Kept>`
    select own.id, own.timestamp_header as "timestampHeader",
      own.signature_header as "signatureHeader", own.secret_id as "secretId",
      own.body_sha256 as "bodySha256", own.signed_sha256 as "signedSha256",
      coalesce(own.body, kept.body) as body,
      to_regclass(
        'webhook_body_' || to_char(own.received_at at time zone 'UTC', 'YYYY_MM')
      ) is not null as "isMonthKept"
    from webhook_delivery as own
    left join webhook_body as kept
      on kept.delivery_id = own.id and kept.received_at = own.received_at
    where own.id > ${after}
    order by own.id
    limit ${deliveriesPerRead}`.execute(db)
  return rows
}

function faultOf(kept: Kept, secrets: ReadonlyMap<string, string>): string | null {
  const { body, timestampHeader, signatureHeader } = kept
  if (body === null) return kept.isMonthKept ? 'its bytes are missing.' : null
  const signed = `${timestampHeader}.`
  if (!createHash('sha256').update(body).digest().equals(kept.bodySha256)) {
    return 'its bytes are not what was hashed when it came.'
  }
  if (!createHash('sha256').update(signed).update(body).digest().equals(kept.signedSha256)) {
    return 'its timestamp is not what was hashed when it came.'
  }
  const secret = secrets.get(kept.secretId)
  if (secret === undefined) return null
  const made = createHmac('sha256', secret).update(signed).update(body).digest()
  const given = Buffer.from(signatureHeader, 'hex')
  const fits = given.length === made.length && timingSafeEqual(given, made)
  return fits ? null : 'its signature is not what its secret makes of its bytes.'
}

async function knownSecrets(
  db: Db,
  { environment, sealer }: SecretSources,
): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map(environment.map((secret) => [secretIdOf(secret), secret]))
  if (sealer === null) return secrets
  for (const { id, sealed } of await readSecretRows(db)) {
    const secret = openedOrNull(sealer, { id, sealed })
    if (secret !== null) secrets.set(id, secret)
  }
  return secrets
}

/** One that was sealed under another key is as good as not kept. */
function openedOrNull(
  sealer: Sealer,
  { id, sealed }: { readonly id: string; readonly sealed: string },
): string | null {
  try {
    return sealer.open(sealed, id)
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

function wholeText(tally: {
  readonly all: number
  readonly withBytes: number
  readonly signed: number
}): string {
  const { all, withBytes, signed } = tally
  if (all === 0) return 'no delivery is stored.'
  const gone = all - withBytes
  const unsigned = withBytes - signed
  return [
    `${all} ${all === 1 ? 'delivery' : 'deliveries'}; the bytes of ${withBytes} are what was hashed, and ${signed} signatures fit.`,
    ...(gone > 0 ? [` The bytes of ${gone} were deleted when their time was up.`] : []),
    ...(unsigned > 0 ? [` The secret of ${unsigned} is not kept here.`] : []),
  ].join('')
}
