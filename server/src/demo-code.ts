import { authenticatorCode } from './identity/authenticator.ts'
import { demoAuthenticatorSecret } from './identity/demo-factors.ts'
import { demoPeople } from './identity/demo-people.ts'

/**
 * `pnpm demo:code approver@desk.test` prints the six digits that person's app would show now. The
 * demo's secrets are fixed, so this reads nothing; 1 for anybody else, whose secret Desk keeps to itself.
 */
const [given = '', ...rest] = process.argv.slice(2)
const person = demoPeople.find(({ email }) => email === given.toLowerCase())
if (person && rest.length === 0) {
  process.stdout.write(`${authenticatorCode(demoAuthenticatorSecret(person.email), new Date())}\n`)
} else {
  const emails = demoPeople.map(({ email }) => email).join(', ')
  const fault = given === '' ? 'Say whose code.' : `${given} is nobody of the demo.`
  process.stderr.write(`${fault}\nUsage: pnpm demo:code <one of ${emails}>\n`)
  process.exitCode = 1
}
