import { recordAudit } from './audit/record-audit.ts'
import { type Db, openDatabase, openPool } from './database.ts'
import { readEnv } from './env.ts'
import { resetFactorsOf } from './identity/change-person.ts'
import { emailKey, findPersonByEmail, lockPeople, lockPerson } from './identity/people.queries.ts'
import { publish } from './kernel/live-events.ts'
import { LaunchError } from './launch/checks.ts'
import { commandFault } from './launch/command-fault.ts'
import { ownerDatabase } from './launch/owner-database.ts'

/** `pnpm admin:reset-factor <e-mail>`: for whoever nobody in Desk can help any more. */
const usage = 'Usage: pnpm admin:reset-factor <e-mail>'

try {
  const [email, ...rest] = process.argv.slice(2)
  if (email === undefined || rest.length > 0) throw new LaunchError(usage)
  const reading = readEnv(process.env)
  if (!reading.ok) throw new LaunchError(reading.faults.join('\n'))
  await using database = await ownerDatabase(reading.env)
  const db = openDatabase(
    openPool({ connectionString: database.url, connectionsMax: 1, name: 'desk-reset-factor' }),
  )
  try {
    process.stdout.write(`${await resetFactor(db, email, new Date())}\n`)
  } finally {
    await db.destroy()
  }
} catch (error) {
  process.stderr.write(`${commandFault(error, usage)}\n`)
  process.exitCode = 1
}

async function resetFactor(db: Db, email: string, at: Date): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await lockPeople(trx)
    const person = await findPersonByEmail(trx, email)
    if (!person) throw new LaunchError(`Nobody in this Desk has the e-mail address ${email}.`)
    await lockPerson(trx, person.userId)
    const endedSessions = await resetFactorsOf(trx, person.userId, at)
    await publish(trx, { kind: 'person.changed', userId: person.userId })
    await recordAudit(
      trx,
      { actor: null, address: null, requestId: null, at },
      {
        action: 'person.reset_factors',
        reason: 'command on the server',
        subject: { kind: 'person', id: person.userId, label: emailKey(email) },
        after: { endedSessions },
      },
    )
    return (
      `${person.name} has no second factor any more, and ${endedSessions} open ` +
      `${endedSessions === 1 ? 'session' : 'sessions'} ended. Their password still works; where their ` +
      'roles ask for a second factor they add a new one when they sign in.'
    )
  })
}
