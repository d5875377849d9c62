/** Meanings a mark can carry; each is always shown together with a word. */
export type Tone = 'ok' | 'wait' | 'warn' | 'bad' | 'unsure' | 'idle'

/** Tinted ground with text that keeps its contrast on it. */
export const toneFill = {
  ok: 'bg-ok-soft text-ok',
  wait: 'bg-wait-soft text-wait',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  unsure: 'bg-unsure-soft text-unsure',
  idle: 'bg-idle-soft text-idle',
} as const satisfies Record<Tone, string>

export const toneText = {
  ok: 'text-ok',
  wait: 'text-wait',
  warn: 'text-warn',
  bad: 'text-bad',
  unsure: 'text-unsure',
  idle: 'text-idle',
} as const satisfies Record<Tone, string>
