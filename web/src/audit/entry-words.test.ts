import { describe, expect, test } from 'vitest'
import { type AuditAction, auditActions } from '@desk/shared/audit/audit-action'
import { auditOutcomes, type HistoryEntry } from '@desk/shared/audit/audit-entry'
import { entrySentence, entryWords } from './entry-words.ts'

const admin = { id: 'u_admin', name: 'Admin', email: 'admin@shop.example' }
const ada = { kind: 'person', id: 'u_ada', label: 'ada@shop.example' } as const
const adaInvited = { kind: 'invitation', id: 'i_1', label: 'ada@shop.example' } as const
const session = { kind: 'session', id: 's_1', label: null } as const
const savedView = { kind: 'saved_view', id: 'view_1', label: 'Late ones' } as const
const webhookSecret = { kind: 'webhook_secret', id: '0a1b2c3d4e5f', label: 'Shop 2027' } as const
const onCall = { kind: 'notification_channel', id: 'c_1', label: 'On call' } as const
const webhook = { kind: 'webhook', id: '123', label: null } as const
const file = { kind: 'export', id: 'k3x9', label: null } as const
const wire = { kind: 'withdrawal', id: 'w_1', label: 'W-12' } as const
const supplier = { kind: 'destination', id: 'd_1', label: 'Acme Supplies' } as const
const bankLine = { kind: 'bank_line', id: '7', label: 'of 2026-11-20' } as const
const month = { kind: 'settlement_month', id: '2026-10', label: '2026-10' } as const
const policy = { kind: 'withdrawal_policy', id: '7', label: null } as const
const stand = { kind: 'delegation', id: 'g_1', label: 'Ana' } as const
const payment = { kind: 'payment', id: 'pay_1', label: null } as const

function entry(action: string, given: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    seq: 7,
    at: '2026-11-23T10:00:00.000Z',
    actor: admin,
    action,
    outcome: 'done',
    reason: null,
    subject: null,
    before: null,
    after: null,
    requestId: 'r_1',
    hash: 'ab'.repeat(32),
    ...given,
  }
}

const json = (facts: Record<string, unknown>) => JSON.stringify(facts)

/** One done entry of each action as the server writes it, and the words it is told in. */
const told: Record<AuditAction, readonly [Partial<HistoryEntry>, string]> = {
  'session.sign_in': [
    { subject: session, after: json({ method: 'password', factor: 'authenticator' }) },
    'Admin signed in with a password and a code',
  ],
  'session.second_factor': [{}, 'Admin gave a second factor'],
  'session.step_up': [
    { subject: session, after: json({ factor: 'passkey' }) },
    'Admin confirmed that it was them with a passkey',
  ],
  'session.sign_out': [{ subject: session }, 'Admin signed out'],
  'session.end': [
    { subject: { ...session, label: 'Chrome on macOS' }, before: json({ method: 'password' }) },
    'Admin ended their session on Chrome on macOS',
  ],
  'session.presented': [
    { actor: null, outcome: 'refused', reason: 'ended', subject: ada },
    'Somebody not signed in tried to use a session of ada@shop.example that is not valid: ended',
  ],
  'person.set_up': [{}, 'Admin set up Desk as its first admin'],
  'person.invite': [
    { subject: adaInvited, after: json({ roles: ['approver', 'finance'], by: 'link' }) },
    'Admin invited ada@shop.example as Approver and Finance',
  ],
  'person.join': [
    { subject: ada, after: json({ email: 'ada@shop.example', roles: ['finance'] }) },
    'Admin joined as Finance',
  ],
  'person.link_sign_on': [
    { subject: ada, after: json({ issuer: 'https://login.shop.example' }) },
    'Admin came by single sign-on for the first time',
  ],
  'person.change_roles': [
    {
      subject: ada,
      before: json({ roles: ['support'] }),
      after: json({ roles: ['approver', 'finance'] }),
    },
    'Admin gave ada@shop.example the roles Approver and Finance and took the role Support from ada@shop.example',
  ],
  'person.disable': [
    { subject: ada, after: json({ endedSessions: 2, voided: [] }) },
    'Admin disabled ada@shop.example, which ended 2 sessions',
  ],
  'person.enable': [{ subject: ada }, 'Admin enabled ada@shop.example again'],
  'person.remove': [
    { subject: ada, after: json({ endedSessions: 1, voided: [{ kind: 'invitation' }] }) },
    'Admin removed ada@shop.example from the team, which ended 1 session and voided 1 pending item',
  ],
  'person.change_view_zone': [
    { after: json({ zone: 'Asia/Kathmandu' }) },
    'Admin chose to read times in Asia/Kathmandu',
  ],
  'person.change_name': [
    { before: json({ name: 'Admin' }), after: json({ name: 'Ada L.' }) },
    'Admin changed their name from “Admin” to “Ada L.”',
  ],
  'person.change_password': [{ after: json({ endedSessions: 0 }) }, 'Admin changed their password'],
  'person.mark_same': [
    { subject: ada, after: json({ sameAs: 'Grace' }) },
    'Admin marked ada@shop.example as another account of Grace',
  ],
  'person.reset_factors': [
    { actor: null, requestId: null, reason: 'command on the server', subject: ada },
    'Desk reset the second factors of ada@shop.example: command on the server',
  ],
  'invitation.void': [
    { subject: adaInvited },
    'Admin withdrew the invitation for ada@shop.example',
  ],
  'invitation.look': [
    { actor: null, outcome: 'refused', reason: 'invitation_unknown' },
    'Somebody not signed in tried to open an invitation: the link is not one of this Desk',
  ],
  'factor.add_authenticator': [
    { after: json({ isReplacing: true, endedSessions: 1 }) },
    'Admin replaced their authenticator app, which ended 1 session',
  ],
  'factor.remove_authenticator': [{}, 'Admin removed their authenticator app'],
  'factor.add_passkey': [{ after: json({ name: 'MacBook' }) }, 'Admin added the passkey “MacBook”'],
  'factor.remove_passkey': [
    { before: json({ name: 'MacBook' }) },
    'Admin removed the passkey “MacBook”',
  ],
  'factor.make_recovery_codes': [{ after: json({ codes: 10 }) }, 'Admin made 10 recovery codes'],
  'payment.create': [{ subject: payment }, 'Admin made payment pay_1'],
  'payment.read_link': [{ subject: payment }, "Admin read the payer's link of payment pay_1"],
  'payment.refresh': [
    { subject: payment, before: json({ status: 'pending' }), after: json({ status: 'completed' }) },
    'Admin read payment pay_1 from SpacePay: pending became completed',
  ],
  'payment.write_note': [
    { subject: payment, after: json({ noteId: 3 }) },
    'Admin wrote a note on payment pay_1',
  ],
  'payment.edit_note': [{ subject: payment }, 'Admin changed their note on payment pay_1'],
  'payment.change_tags': [
    { subject: payment, before: json({ tags: ['vip'] }), after: json({ tags: ['refund', 'vip'] }) },
    'Admin tagged payment pay_1 refund',
  ],
  'payment.assign': [
    { subject: payment, reason: 'sent too little', after: json({ to: 'Finance' }) },
    'Admin handed payment pay_1 over to Finance: sent too little',
  ],
  'payment.hand_back': [
    { subject: payment, reason: 'not ours', after: json({ to: 'Ada' }) },
    'Admin handed payment pay_1 back to Ada: not ours',
  ],
  'payment.resolve_silence': [
    {
      reason: 'endpoint was down',
      after: json({ since: '2026-11-23T09:00:00.000Z', count: 1234 }),
    },
    'Admin resolved 1234 payments that no webhook told of: endpoint was down',
  ],
  'payment.resolve': [
    { subject: payment, reason: 'refunded', after: json({ kinds: ['Underpaid', 'Paid late'] }) },
    'Admin resolved payment pay_1 (underpaid and paid late): refunded',
  ],
  'view.save': [
    { subject: savedView, after: json({ name: 'Late ones', sharedWith: null }) },
    'Admin saved the view Late ones',
  ],
  'view.change': [
    {
      subject: savedView,
      before: json({ name: 'Late ones', sharedWith: null }),
      after: json({ name: 'Late ones', sharedWith: 'finance' }),
    },
    'Admin shared the view Late ones with Finance',
  ],
  'view.delete': [
    { subject: savedView, before: json({ name: 'Late ones', sharedWith: 'finance' }) },
    'Admin deleted the view Late ones',
  ],
  'export.create': [
    { subject: file, after: json({ filter: 'status:failed', previous: 'a1b2' }) },
    'Admin asked again for the export k3x9 of status:failed',
  ],
  'export.finish': [
    { subject: file, actor: null, requestId: null },
    'Desk finished the export k3x9',
  ],
  'export.cancel': [{ subject: file }, 'Admin cancelled the export k3x9'],
  'export.download': [{ subject: file }, 'Admin downloaded the export k3x9'],
  'webhook.reprocess': [{ subject: webhook }, 'Admin had webhook 123 processed again'],
  'webhook.reprocess_many': [
    { subject: webhook, after: json({ count: 132 }) },
    'Admin had 132 webhooks processed again',
  ],
  'webhook.reprocess_cancel': [
    { subject: webhook, after: json({ count: 132, given: 40 }) },
    'Admin stopped processing webhooks again after 40 of 132',
  ],
  'webhook.export': [{ subject: webhook }, 'Admin exported webhook 123 as evidence'],
  'webhook.add_secret': [{ subject: webhookSecret }, 'Admin added the webhook secret Shop 2027'],
  'webhook.rotate_secret': [
    { subject: webhookSecret },
    'Admin rotated to the webhook secret Shop 2027',
  ],
  'webhook.end_secret': [
    { subject: webhookSecret },
    'Admin changed until when the webhook secret Shop 2027 verifies',
  ],
  'webhook.set_retention': [
    { after: json({ months: 36 }) },
    'Admin had the bytes of webhooks kept for 36 months',
  ],
  'webhook.delete_bytes': [
    { after: json({ months: ['2024-11'] }) },
    'Admin deleted the bytes of webhooks whose time was up',
  ],
  'webhook.test': [{}, 'Admin asked the sandbox for a test webhook'],
  'withdrawal.draft': [{ subject: wire }, 'Admin drafted withdrawal W-12'],
  'withdrawal.edit': [{ subject: wire }, 'Admin changed withdrawal W-12'],
  'withdrawal.attach': [{ subject: wire }, 'Admin attached a document to withdrawal W-12'],
  'withdrawal.detach': [{ subject: wire }, 'Admin took the document off withdrawal W-12'],
  'withdrawal.submit': [{ subject: wire }, 'Admin asked for approval of withdrawal W-12'],
  'withdrawal.cancel': [{ subject: wire }, 'Admin cancelled withdrawal W-12'],
  'withdrawal.approve': [{ subject: wire }, 'Admin approved withdrawal W-12'],
  'withdrawal.reject': [{ subject: wire }, 'Admin rejected withdrawal W-12'],
  'withdrawal.break_glass': [{ subject: wire }, 'Admin called an emergency: withdrawal W-12'],
  'withdrawal.void_votes': [{ subject: wire }, 'Admin voided the approvals of withdrawal W-12'],
  'withdrawal.expire': [{ subject: wire }, 'Admin let expire withdrawal W-12'],
  'withdrawal.send': [{ subject: wire }, 'Admin sent to SpacePay: withdrawal W-12'],
  'withdrawal.learn': [
    { subject: wire, before: json({ state: 'submitted' }), after: json({ state: 'completed' }) },
    'Admin learned that withdrawal W-12 went from submitted to completed',
  ],
  'withdrawal.resolve': [{ subject: wire }, 'Admin settled what became of withdrawal W-12'],
  'withdrawal.export': [{ subject: wire }, 'Admin took away the evidence of withdrawal W-12'],
  'withdrawals.stop': [{}, 'Admin stopped all withdrawals'],
  'withdrawals.start': [{}, 'Admin let withdrawals go again'],
  'destination.propose': [{ subject: supplier }, 'Admin proposed destination Acme Supplies'],
  'destination.approve': [{ subject: supplier }, 'Admin approved destination Acme Supplies'],
  'destination.refuse': [{ subject: supplier }, 'Admin refused destination Acme Supplies'],
  'destination.freeze': [{ subject: supplier }, 'Admin froze destination Acme Supplies'],
  'destination.unfreeze': [{ subject: supplier }, 'Admin unfroze destination Acme Supplies'],
  'destination.remove': [{ subject: supplier }, 'Admin removed destination Acme Supplies'],
  'destination.rename': [{ subject: supplier }, 'Admin renamed destination Acme Supplies'],
  'bank.add_account': [
    { subject: { kind: 'bank_account', id: '1', label: 'Main' } },
    'Admin added the bank account Main',
  ],
  'bank.import': [
    { subject: { kind: 'bank_statement', id: '1', label: 'october.csv' } },
    'Admin imported the bank statement october.csv',
  ],
  'bank.match': [{ subject: bankLine }, 'Admin matched the bank line of 2026-11-20'],
  'bank.undo_match': [
    { subject: bankLine },
    'Admin undid the match of the bank line of 2026-11-20',
  ],
  'bank.set_aside': [{ subject: bankLine }, 'Admin put aside the bank line of 2026-11-20'],
  'bank.take_back': [{ subject: bankLine }, 'Admin took back the bank line of 2026-11-20'],
  'month.close': [{ subject: month }, 'Admin closed the month 2026-10'],
  'month.propose_reopening': [{ subject: month }, 'Admin proposed to reopen the month 2026-10'],
  'month.decide_reopening': [
    { subject: month, after: '{"state":"reopened"}' },
    'Admin reopened the month 2026-10',
  ],
  'month.take_back_reopening': [
    { subject: month },
    'Admin took back the proposal to reopen the month 2026-10',
  ],
  'month.make_file': [{ subject: month }, 'Admin had a file made of the month 2026-10'],
  'month.download': [{ subject: month }, 'Admin downloaded a file of the month 2026-10'],
  'month.set_accounts': [{}, 'Admin changed the accounts of the journal'],
  'withdrawal_policy.propose': [{ subject: policy }, 'Admin proposed withdrawal policy 7'],
  'withdrawal_policy.decide': [{ subject: policy }, 'Admin decided on withdrawal policy 7'],
  'withdrawal_policy.take_back': [{ subject: policy }, 'Admin took back withdrawal policy 7'],
  'delegation.make': [{ subject: stand }, 'Admin let Ana approve in another’s place'],
  'delegation.end': [{ subject: stand }, 'Admin ended that Ana approves in another’s place'],
  'business_day.change': [
    {
      before: json({ zone: 'Europe/London', cutOff: '00:00' }),
      after: json({ zone: 'Asia/Kathmandu', cutOff: '05:00' }),
    },
    'Admin set business days to begin at 05:00 in Kathmandu instead of 00:00 in London',
  ],
  'business_day.cancel': [
    {
      before: json({ zone: 'Asia/Kathmandu', cutOff: '05:00' }),
      after: json({ zone: 'Europe/London', cutOff: '00:00' }),
    },
    'Admin stopped the change of business days to 05:00 in Kathmandu: they begin at 00:00 in London',
  ],
  'business_day.in_force': [
    {
      before: json({ zone: 'Europe/London', cutOff: '00:00' }),
      after: json({ zone: 'Europe/London', cutOff: '05:00' }),
    },
    'Admin counted every payment anew: business days begin at 05:00 in London, no longer at 00:00 in London',
  ],
  'notification.add_channel': [{ subject: onCall }, 'Admin had alarms told to On call'],
  'notification.change_channel': [
    { subject: onCall },
    'Admin changed how alarms are told to On call',
  ],
  'notification.remove_channel': [
    { subject: onCall },
    'Admin had alarms no longer told to On call',
  ],
  'notification.test_channel': [{ subject: onCall }, 'Admin sent a test notification to On call'],
  'audit.export': [
    { subject: { kind: 'audit_log', id: 'audit_log', label: null } },
    'Admin exported the audit log',
  ],
  'request.limit': [
    { outcome: 'refused', reason: 'more than 600 requests in a minute from one account' },
    'Admin sent too many requests: more than 600 requests in a minute from one account',
  ],
  'call.refuse': [
    {
      outcome: 'refused',
      reason: 'This needs the role Admin.',
      subject: { kind: 'procedure', id: 'team.list', label: null },
      after: json({ procedure: 'team.list' }),
    },
    'Admin tried to read the team: This needs the role Admin.',
  ],
  'call.fail': [
    {
      outcome: 'failed',
      reason: 'internal error',
      subject: payment,
      after: json({ procedure: 'payments.refresh' }),
    },
    'Admin tried to read payment pay_1 from SpacePay: internal error',
  ],
}

test.each(Object.entries(told))('%s is told in words', (action, [given, sentence]) => {
  expect(entrySentence(entry(action, given))).toBe(sentence)
})

describe('whatever an entry lacks', () => {
  const actions = [...Object.keys(auditActions), 'gone.action', 'constructor']
  const odd = [null, '{}', '[]', '"text"', 'not json', '{"roles":"all","voided":3,"by":null}']

  test.each(actions)('%s makes a sentence without holes', (action) => {
    for (const outcome of auditOutcomes) {
      for (const facts of odd) {
        for (const subject of [null, ada, payment]) {
          const said = entrySentence(
            entry(action, { outcome, subject, before: facts, after: facts }),
          )
          expect(said).not.toMatch(/undefined|null|NaN|\[object|  |\s$/)
          expect(said.length).toBeGreaterThan('Admin '.length)
        }
      }
    }
  })

  test.each(Object.keys(auditActions))('%s that was refused is never told as done', (action) => {
    if (action === 'request.limit') return
    expect(entryWords(entry(action, { outcome: 'refused' })).did).toMatch(/^tried to /)
  })
})

describe('on the page of an object', () => {
  test('the payment is not named again', () => {
    expect(entrySentence(entry('payment.refresh', { subject: payment }), payment)).toBe(
      'Admin read it from SpacePay',
    )
  })

  test('the person is not named again', () => {
    const { kind, id } = ada
    expect(entrySentence(entry('person.disable', { subject: ada }), { kind, id })).toBe(
      'Admin disabled them',
    )
    expect(
      entrySentence(
        entry('session.sign_in', {
          outcome: 'refused',
          actor: null,
          subject: ada,
          reason: 'wrong password',
        }),
        { kind, id },
      ),
    ).toBe('Somebody not signed in tried to sign in: wrong password')
  })
})

describe('a call that was refused', () => {
  const refused = (procedure: string, subject: HistoryEntry['subject']) =>
    entry('call.refuse', { outcome: 'refused', subject, after: json({ procedure }) })
  const itself = (id: string) => ({ kind: 'procedure', id, label: null })
  const stranger = {
    kind: 'person',
    id: 'b24b367d-e2ff-41ae-a8e3-21cd1e6a146b',
    label: null,
  } as const

  test('is told as what the person wanted, long ids by both ends', () => {
    expect(entryWords(refused('team.disable', stranger)).did).toBe('tried to disable b24b36…146b')
    expect(entryWords(refused('team.invite', itself('team.invite'))).did).toBe(
      'tried to invite a person',
    )
    expect(entryWords(refused('exports.audit', itself('exports.audit'))).did).toBe(
      'tried to export the audit log',
    )
  })

  test('does not name the object on its own page', () => {
    expect(entryWords(refused('team.remove', stranger), stranger).did).toBe(
      'tried to remove them from the team',
    )
    expect(entryWords(refused('payments.refresh', payment), payment).did).toBe(
      'tried to read it from SpacePay',
    )
  })

  test('of which nobody wrote words is told by its own name', () => {
    expect(entryWords(refused('later.thing', payment)).did).toBe(
      'tried to call later.thing on pay_1',
    )
    expect(entryWords(refused('constructor', itself('constructor'))).did).toBe(
      'tried to call constructor',
    )
  })
})

test.each([
  ['wrong', 'the code was wrong'],
  ['disabled', 'the account is disabled'],
  ['invitation_expired', 'the invitation had expired'],
  ['too many attempts', 'too many attempts'],
  ['constructor', 'constructor'],
])('the reason %s is told as "%s"', (reason, words) => {
  expect(entryWords(entry('session.step_up', { outcome: 'refused', reason })).why).toBe(words)
})

test('a person without a name is known by their address', () => {
  expect(entryWords(entry('session.sign_out', { actor: { ...admin, name: '' } })).who).toBe(
    'admin@shop.example',
  )
})
