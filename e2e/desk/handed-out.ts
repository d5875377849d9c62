import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** Beside the log, so that what one test handed out is looked for after all of them. */
const file = `${process.env['DESK_LOG']}.secrets`
/** The log lines of every Desk that a test ran beside the demo's. */
export const otherLogsFile = `${process.env['DESK_LOG']}.others`

/** Notes what opens something, as payments, second factors and invitations hand it out: no log may hold it. */
export function handedOut(...secrets: readonly string[]): void {
  appendFileSync(file, secrets.map((secret) => `${secret}\n`).join(''))
}

export function allHandedOut(): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
}
