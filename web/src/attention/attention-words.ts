import { assignedText } from '@desk/shared/attention/assignee'
import type { AttentionEvent, AttentionStep } from '@desk/shared/attention/attention-item'
import { type AttentionKind, attentionKindText } from '@desk/shared/attention/attention-kind'
import type { AttentionWhose } from '@desk/shared/attention/attention-query'
import { roleText } from '@desk/shared/identity/roles'
import type { Tone } from '../ui/tone.ts'

export const kindTone = {
  underpaid: 'warn',
  overpaid: 'wait',
  late: 'warn',
  stuck: 'bad',
  drifted: 'warn',
  handed_over: 'unsure',
} as const satisfies Record<AttentionKind, Tone>

const whoseWords: Readonly<Record<string, string>> = {
  anyone: 'Anyone',
  mine: 'Me and my roles',
  me: 'Me alone',
  nobody: 'Nobody in particular',
}

export function whoseText(whose: AttentionWhose): string {
  return whoseWords[whose] ?? (whose in roleText ? roleLabel(whose) : whose)
}

function roleLabel(whose: AttentionWhose): string {
  const known = Object.entries(roleText).find(([role]) => role === whose)
  return known ? known[1].label : whose
}

/** "handed it over to Finance": goes on after the name of whoever did it. */
export function stepText({ what, kind, assigned }: AttentionEvent): string {
  return steps[what](assignedText(assigned), attentionKindText[kind].label.toLowerCase())
}

const steps = {
  opened: (_to, kind) => `found it ${kind}`,
  reopened: (_to, kind) => `found it ${kind} again`,
  assigned: (to) => `handed it over to ${to}`,
  handed_back: (to) => `handed it back to ${to}`,
  released: (to) => `took it from somebody who left; it is with ${to} now`,
  resolved: (_to, kind) => `resolved “${kind}”`,
  closed: (_to, kind) => `saw that it is not ${kind} any more`,
} as const satisfies Record<AttentionStep, (to: string, kind: string) => string>

/** `"1 item"`, `"1,204 items"`. */
export function itemsText(count: string, isOne: boolean): string {
  return `${count} ${isOne ? 'item' : 'items'}`
}
