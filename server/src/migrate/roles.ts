import { createHash, hkdfSync } from 'node:crypto'
import pg from 'pg'
import { urlForRole } from '../database.ts'
import { DatabasePreparationError } from './database-preparation-error.ts'
import { scramVerifier } from './scram-verifier.ts'

/** Holds the rights; the migrations grant to it. One for the whole cluster, nobody signs in as it. */
const groupRole = 'desk_app'
const roleNameBytesMax = 63

export interface RoleSetup {
  readonly ownerUrl: string
  readonly encryptionKey: Buffer
}

/**
 * Makes the role that Desk runs as, unless it is there and can sign in: it may do what its group may
 * and owns nothing. Answers with the database's address for that role.
 */
export async function ensureRoles(client: pg.PoolClient, setup: RoleSetup): Promise<string> {
  const { database, owner } = await whereAndWho(client)
  const user = signInRoleFor(database)
  const password = passwordFor(user, setup.encryptionKey)
  const appUrl = urlForRole(setup.ownerUrl, { user, password })
  await closeToOthers(client, database)
  if (await isReady(client, { user, appUrl })) return appUrl

  const role = pg.escapeIdentifier(user)
  const verifier = pg.escapeLiteral(scramVerifier(password))
  try {
    await createRoleOnce(client, groupRole, 'nologin')
    await createRoleOnce(client, user, 'login')
    await client.query(`alter role ${role} password ${verifier}`)
    await client.query(`grant ${groupRole} to ${role}`)
    await client.query(`grant connect on database ${pg.escapeIdentifier(database)} to ${role}`)
  } catch (error) {
    if (!isPostgresError(error, insufficientPrivilege)) throw error
    throw new DatabasePreparationError(
      `The role ${owner} in DATABASE_URL may not make the lesser role that Desk runs as.\n` +
        `Either give it the right:\n  ALTER ROLE ${pg.escapeIdentifier(owner)} CREATEROLE;\n` +
        'or have an administrator run this in the database (leave out what is there already):\n' +
        `  CREATE ROLE ${groupRole} NOLOGIN;\n` +
        `  CREATE ROLE ${role} LOGIN PASSWORD ${verifier};\n` +
        `  GRANT ${groupRole} TO ${role};\n` +
        `  GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(database)} TO ${role};\n` +
        'Then start again.',
      { cause: error },
    )
  }
  return appUrl
}

/**
 * Named after the database, since roles belong to the whole cluster. Never `<database>_app`: for a
 * database called desk that would be the group itself.
 */
export function signInRoleFor(database: string): string {
  const suffix = '_login'
  if (Buffer.byteLength(database + suffix) <= roleNameBytesMax) return `${database}${suffix}`
  const hash = createHash('sha256').update(database).digest('hex').slice(0, 16)
  return `desk_${hash}${suffix}`
}

/** Nothing to store and nothing to hand out: every Desk with the key knows it. */
function passwordFor(user: string, encryptionKey: Buffer): string {
  const bytes = hkdfSync('sha256', encryptionKey, '', `desk database role ${user}`, 32)
  return Buffer.from(bytes).toString('base64url')
}

async function whereAndWho(client: pg.PoolClient): Promise<{ database: string; owner: string }> {
  const found = await client.query<{ database: string; owner: string }>(
    'select current_database() as database, current_user as owner',
  )
  return found.rows[0] ?? { database: '', owner: '' }
}

/** Other roles of the cluster have no business here; a database is open to all of them at first. */
async function closeToOthers(client: pg.PoolClient, database: string): Promise<void> {
  const found = await client.query<{ open: boolean }>(
    `select has_database_privilege('public', current_database(), 'connect')
       or has_schema_privilege('public', 'public', 'create') as open`,
  )
  if (!found.rows[0]?.open) return
  await client.query(`revoke connect on database ${pg.escapeIdentifier(database)} from public`)
  await client.query('revoke create on schema public from public')
}

async function isReady(
  client: pg.PoolClient,
  role: { readonly user: string; readonly appUrl: string },
): Promise<boolean> {
  const found = await client.query(
    `select from pg_roles r join pg_roles g on g.rolname = $2
     where r.rolname = $1 and r.rolcanlogin and pg_has_role(r.oid, g.oid, 'usage')`,
    [role.user, groupRole],
  )
  return found.rowCount === 1 && canSignIn(role.appUrl)
}

async function canSignIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return true
  } catch (error) {
    const isRefused = signInRefusals.some((code) => isPostgresError(error, code))
    if (isRefused) return false
    throw error
  } finally {
    await client.end()
  }
}

const insufficientPrivilege = '42501'
const duplicateObject = '42710'
const uniqueViolation = '23505'
/** Wrong password; not let in by the server's own rules; no right to connect. */
const signInRefusals = ['28P01', '28000', insufficientPrivilege]

/** Roles belong to the whole cluster: a Desk of another database may be making the same one now. */
async function createRoleOnce(client: pg.PoolClient, role: string, kind: string): Promise<void> {
  const found = await client.query('select from pg_roles where rolname = $1', [role])
  if (found.rowCount) return
  try {
    await client.query(`create role ${pg.escapeIdentifier(role)} ${kind}`)
  } catch (error) {
    if (isPostgresError(error, duplicateObject) || isPostgresError(error, uniqueViolation)) return
    throw error
  }
}

function isPostgresError(error: unknown, code: string): boolean {
  return error instanceof pg.DatabaseError && error.code === code
}
