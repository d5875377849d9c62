import { judgeSystem } from './judge-system.ts'
import type { SystemFacts } from './system-facts.ts'

/** Alarms that follow from the facts of the status page. */
const judgedKinds = [
  'key_refused',
  'upstream_down',
  'arrival_gap',
  'processing_lag',
  'parked',
  'refused_surge',
  'drift_stake',
  'withdrawal_unknown',
  'withdrawal_unrequested',
  'withdrawal_differs',
  'withdrawals_stopped',
  'low_balance',
  'audit_broken',
] as const
/** What somebody has to be told of wherever they are; the last ones are single events. */
export const alarmKinds = [...judgedKinds, 'withdrawal_emergency', 'withdrawal_waiting'] as const
export type AlarmKind = (typeof alarmKinds)[number]
type JudgedKind = (typeof judgedKinds)[number]

interface AlarmText {
  readonly label: string
  /** Told in quiet hours, too: without it nothing flows. */
  readonly isCritical: boolean
}

export const alarmText: Readonly<Record<AlarmKind, AlarmText>> = {
  key_refused: { label: 'SpacePay refuses the key', isCritical: true },
  upstream_down: { label: 'SpacePay’s API does not answer', isCritical: true },
  arrival_gap: { label: 'Webhooks stopped arriving', isCritical: true },
  processing_lag: { label: 'Webhooks are not processed', isCritical: true },
  parked: { label: 'Webhooks set aside', isCritical: false },
  refused_surge: { label: 'Many webhooks refused', isCritical: false },
  drift_stake: { label: 'Webhooks and API differ by much', isCritical: false },
  withdrawal_unknown: { label: 'A withdrawal may or may not have been sent', isCritical: true },
  withdrawal_unrequested: { label: 'A withdrawal was made around Desk', isCritical: true },
  withdrawal_differs: {
    label: 'SpacePay answered a withdrawal with another one',
    isCritical: true,
  },
  withdrawals_stopped: { label: 'All withdrawals are stopped', isCritical: true },
  low_balance: { label: 'The wallet’s balance is low', isCritical: false },
  audit_broken: { label: 'The audit log was tampered with', isCritical: true },
  withdrawal_emergency: { label: 'A withdrawal is an emergency', isCritical: true },
  withdrawal_waiting: { label: 'Withdrawals wait for somebody', isCritical: false },
}

/** From this sum at stake on, open drift is told. */
export const DRIFT_ALARM_CENTS = 100_000

/** The sign and its word that ring, and the part of the facts that they are judged by. */
const rings: Readonly<
  Record<JudgedKind, readonly [part: keyof SystemFacts, sign: string, word: string]>
> = {
  key_refused: ['upstream', 'SpacePay’s API', 'Key refused'],
  upstream_down: ['upstream', 'SpacePay’s API', 'Not answering'],
  arrival_gap: ['webhooks', 'Webhooks arriving', 'Silent'],
  processing_lag: ['webhooks', 'Webhooks processed', 'Behind'],
  parked: ['webhooks', 'Webhooks set aside', 'Set aside'],
  refused_surge: ['webhooks', 'Webhooks refused', 'Many'],
  drift_stake: ['drift', 'Webhooks and API agree', 'They differ'],
  withdrawal_unknown: ['withdrawals', 'Withdrawals accounted for', 'Unknown'],
  withdrawal_unrequested: ['withdrawals', 'Withdrawals asked for', 'Not here'],
  withdrawal_differs: ['withdrawals', 'Withdrawals leaving', 'Answer differs'],
  withdrawals_stopped: ['withdrawals', 'Withdrawals leaving', 'Stopped'],
  low_balance: ['withdrawals', 'Wallet balances', 'Low'],
  audit_broken: ['audit', 'Audit log', 'Broken'],
}

/** What is the case for one alarm; `isRinging` is null where its facts could not be read. */
export interface AlarmFinding {
  readonly kind: JudgedKind
  readonly isRinging: boolean | null
  /** What is the case and what to do. */
  readonly sentence: string
}

/** Every alarm judged by the same sentences as the status page. */
export function findAlarms(facts: SystemFacts): readonly AlarmFinding[] {
  const signs = judgeSystem(facts)
  return judgedKinds.map((kind) => {
    const [part, name, word] = rings[kind]
    const found = signs.find((sign) => sign.name === name)
    const isSmall = kind === 'drift_stake' && (facts.drift?.stakeCents ?? 0) < DRIFT_ALARM_CENTS
    return {
      kind,
      isRinging: facts[part] === null ? null : found?.word === word && !isSmall,
      sentence: [found?.sentence, found?.advice].filter(Boolean).join(' '),
    }
  })
}
