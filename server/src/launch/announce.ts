import { demoSecretKey, demoWebhookSecret } from '../env.ts'
import { DEMO_PASSWORD, demoPeople } from '../identity/demo-people.ts'

/** The one thing a person at the terminal reads. */
export function announce(desk: {
  readonly url: string
  readonly sandboxUrl: string | null
  readonly isDatabaseOurs: boolean
  /** Whether DESK_PUBLIC_URL says where people reach Desk. */
  readonly isAddressKnown: boolean
  /** Makes the first admin. */
  readonly setupLink: string | null
}): void {
  const lines = ['', `  SpacePay Desk is ready:  ${desk.url}`, '']
  if (desk.sandboxUrl !== null) {
    lines.push(
      '  Demo sign-ins (one click on the sign-in page):',
      ...demoPeople.map(({ email }) => `    ${email}`),
      `    password  ${DEMO_PASSWORD}`,
      '',
      `  Sandbox SpacePay:        ${desk.sandboxUrl}`,
      `    merchant secret key    ${demoSecretKey}`,
      `    webhook secret         ${demoWebhookSecret}`,
      '',
    )
  } else {
    if (desk.isDatabaseOurs) {
      lines.push(
        '  The database is the embedded one in DESK_DATA_DIR. Set DATABASE_URL to use your own Postgres.',
        '',
      )
    }
    if (desk.setupLink !== null) {
      lines.push(
        '  Nobody runs this Desk yet. Open this link within a day to become its first admin:',
        `    ${desk.setupLink}`,
        '',
      )
    }
    if (!desk.isAddressKnown) {
      lines.push(
        '  Only browsers on this machine can sign in. Set DESK_PUBLIC_URL to the address people type.',
        '',
      )
    }
  }
  process.stdout.write(`${lines.join('\n')}\n  Ctrl-C stops everything.\n\n`)
}
