import type { Procedure } from '../app/api.ts'

/**
 * What a call was for, after "tried to": "invite a person". `whom` names what it was about; null where
 * it was about nothing in particular. A call that has no words here is told by its own name.
 */
export function callText(procedure: string, whom: string | null): string {
  const words = wordsByCall.get(procedure)
  if (words) return words(whom)
  const name = procedure === '' ? 'something' : procedure
  return `call ${name}${whom === null ? '' : ` on ${whom}`}`
}

type CallWords = (whom: string | null) => string

const calls = {
  'audit.list': () => 'read the audit log',
  'audit.entry': () => 'read an entry of the audit log',
  'audit.head': () => 'read the end of the audit log',
  'audit.people': () => 'read whom the audit log names',
  'audit.history': () => 'read a history',
  'payments.list': () => 'read the payments',
  'payments.detail': (whom) => `read ${payment(whom)}`,
  'payments.refresh': (whom) => `read ${payment(whom)} from SpacePay`,
  'notes.write': (whom) => `write a note on ${payment(whom)}`,
  'notes.edit': (whom) => `change a note on ${payment(whom)}`,
  'notes.tag': (whom) => `tag ${payment(whom)}`,
  'notes.untag': (whom) => `take a tag from ${payment(whom)}`,
  'attention.badge': () => 'count what waits for them',
  'attention.colleagues': () => 'read to whom payments can be handed',
  'attention.assign': (whom) => `hand ${payment(whom)} over`,
  'attention.handBack': (whom) => `hand ${payment(whom)} back`,
  'attention.silences': () => 'read which webhooks fell silent',
  'attention.resolveSilence': () => 'resolve what webhooks never told of',
  'attention.resolve': () => 'resolve what needs attention',
  'views.save': () => 'save a view',
  'views.change': () => 'change a saved view',
  'views.delete': () => 'delete a saved view',
  'team.list': () => 'read the team',
  'team.leaving': (whom) => `read what ends with ${whom ?? 'a person'}`,
  'team.invite': () => 'invite a person',
  'team.renewInvitation': (whom) => `renew the invitation ${whom ?? 'of somebody'}`,
  'team.voidInvitation': (whom) => `withdraw the invitation ${whom ?? 'of somebody'}`,
  'team.setRoles': (whom) => `change the roles of ${whom ?? 'a person'}`,
  'team.disable': (whom) => `disable ${whom ?? 'a person'}`,
  'team.enable': (whom) => `enable ${whom ?? 'a person'}`,
  'team.remove': (whom) => `remove ${whom ?? 'a person'} from the team`,
  'team.resetFactors': (whom) => `reset the second factors of ${whom ?? 'a person'}`,
  'webhooks.list': () => 'read the webhooks',
  'webhooks.detail': (whom) => `read ${webhook(whom)}`,
  'webhooks.verifyAgain': (whom) => `verify ${webhook(whom)} again`,
  'webhooks.chart': () => 'read the charts of webhooks',
  'webhooks.refusals': () => 'read the refused webhooks',
  'webhooks.reprocess': (whom) => `have ${webhook(whom)} processed again`,
  'webhooks.countProcessable': () => 'count webhooks to process again',
  'webhooks.reprocessMany': () => 'have webhooks processed again',
  'webhooks.cancelReprocessing': () => 'stop processing webhooks again',
  'webhooks.evidence': (whom) => `export ${webhook(whom)} as evidence`,
  'withdrawals.evidence': () => 'take away the evidence of a withdrawal',
  'withdrawals.detach': () => 'take the document off a withdrawal',
  'profile.startAuthenticator': () => 'add an authenticator app',
  'profile.confirmAuthenticator': () => 'confirm an authenticator app',
  'profile.removeAuthenticator': () => 'remove their authenticator app',
  'profile.passkeyOptions': () => 'add a passkey',
  'profile.addPasskey': () => 'add a passkey',
  'profile.removePasskey': () => 'remove a passkey',
  'profile.makeRecoveryCodes': () => 'make recovery codes',
  'profile.changeName': () => 'change their name',
  'profile.changePassword': () => 'change their password',
  'profile.endSession': (whom) => `end ${whom === null ? 'a session' : `the session ${whom}`}`,
  'profile.endOtherSessions': () => 'end their other sessions',
} as const satisfies Partial<Record<Procedure, CallWords>>

const wordsByCall: ReadonlyMap<string, CallWords> = new Map<string, CallWords>([
  ...Object.entries(calls),
  // Files go past the router.
  ['withdrawals.attach', () => 'attach a document to a withdrawal'],
  ['withdrawals.attachment', () => 'open the document of a withdrawal'],
  ['exports.audit', () => 'export the audit log'],
  ['bank.import', () => 'import a bank statement'],
  ['exports.download', (whom) => `download ${whom === null ? 'an export' : `the export ${whom}`}`],
])

function webhook(whom: string | null): string {
  return whom === null ? 'a webhook' : `webhook ${whom}`
}

function payment(whom: string | null): string {
  if (whom === null) return 'a payment'
  return whom === 'it' ? 'it' : `payment ${whom}`
}
