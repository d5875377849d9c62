import { agoWords, spanWords } from './span-words.ts'
import type { SystemFacts } from './system-facts.ts'
import { countWords, numbers, sign, type SystemSign, unread } from './system-sign.ts'

const JOB_WAITING_MS = 10_000
const JOB_WARNING_MS = 5 * 60_000
/** A whole walk begins every hour. */
const PROOF_LATE_MS = 3 * 60 * 60_000
const LIVE_SLOW_MS = 2_000

/** What Desk itself stands on. */
export function judgeDesk(facts: SystemFacts): readonly SystemSign[] {
  return [
    jobs(facts),
    exporting(facts),
    live(facts),
    desks(facts),
    audit(facts),
    schema(facts),
    storage(facts),
  ]
}

function jobs({ jobs, at }: SystemFacts): SystemSign {
  const name = 'Background jobs'
  if (jobs === null) return unread(name)
  const { due, running, failed, oldestDueAt } = jobs
  const oldestMs = oldestDueAt === null ? 0 : Math.max(0, Date.parse(at) - Date.parse(oldestDueAt))
  const waits = oldestDueAt === null ? '' : `, the oldest for ${spanWords(oldestMs)}`
  const queue = sentenceOf(
    `${countWords(due, 'job')} waiting${waits}; ${numbers.format(running)} under way.`,
  )
  if (failed > 0) {
    return sign({
      name,
      state: 'warning',
      word: 'Given up',
      sentence: `${queue} ${sentenceOf(countWords(failed, 'job'))} failed as often as they may.`,
      advice:
        'The log of Desk says why. What they stand for is asked again by the next event or sweep.',
    })
  }
  if (oldestMs > JOB_WARNING_MS) {
    const advice = 'See that a Desk is running and that SpacePay’s API answers.'
    return sign({ name, state: 'warning', word: 'Stuck', sentence: queue, advice })
  }
  return oldestMs > JOB_WAITING_MS
    ? sign({ name, state: 'waiting', word: 'Busy', sentence: queue })
    : sign({ name, state: 'ok', word: 'Up to date', sentence: queue })
}

function exporting({ exports }: SystemFacts): SystemSign {
  const name = 'Exports'
  if (exports === null) return unread(name)
  const { queued, running } = exports
  if (queued + running === 0) {
    const sentence = 'No export is being written.'
    return sign({ name, state: 'ok', word: 'None', sentence, place: '/exports' })
  }
  const sentence = `${numbers.format(running)} being written, ${numbers.format(queued)} behind it.`
  return sign({ name, state: 'waiting', word: 'Writing', sentence, place: '/exports' })
}

function live({ live }: SystemFacts): SystemSign {
  const name = 'Changes on open screens'
  const { viewers, isListening, delayMs } = live
  if (!isListening) {
    return sign({
      name,
      state: 'warning',
      word: 'Interrupted',
      sentence: 'This Desk does not hear of changes; screens read again once it does.',
      advice:
        'It connects again by itself. If it stays so, see that the database accepts connections.',
    })
  }
  const delay =
    delayMs === null
      ? ''
      : ` A change reaches them within ${numbers.format(Math.ceil(delayMs))} ms.`
  const sentence = sentenceOf(`${countWords(viewers, 'browser')} following along here.${delay}`)
  return delayMs !== null && delayMs > LIVE_SLOW_MS
    ? sign({ name, state: 'waiting', word: 'Slow', sentence })
    : sign({ name, state: 'ok', word: 'Live', sentence })
}

function desks({ desks, version }: SystemFacts): SystemSign {
  const name = 'Desks running'
  if (desks === null) return unread(name)
  if (desks === 0) {
    return sign({
      name,
      state: 'warning',
      word: 'No workers',
      sentence: 'No Desk works on jobs at the moment.',
      advice: 'Workers are started again by themselves. If it stays so, start Desk again.',
    })
  }
  const sentence = `${sentenceOf(countWords(desks, 'Desk'))} on this database; this one is version ${version}.`
  return sign({ name, state: 'ok', word: 'Running', sentence })
}

function audit({ audit, at }: SystemFacts): SystemSign {
  const name = 'Audit log'
  const place = '/audit'
  if (audit === null) return unread(name)
  const { provedAt, entries, fault } = audit
  if (fault !== null) {
    return sign({
      name,
      state: 'warning',
      word: 'Broken',
      sentence: fault.text,
      advice:
        'Somebody changed the database itself: Desk cannot. Keep it as it is, see who had access, and compare with the head that was mailed by pnpm verify audit.',
      place,
    })
  }
  if (provedAt === null) {
    const sentence = 'It has not been walked from its first entry to its last yet.'
    return sign({ name, state: 'waiting', word: 'Not proved yet', sentence, place })
  }
  const nowMs = Date.parse(at)
  const sentence = `Each of ${numbers.format(entries)} entries follows the one before, as proved ${agoWords(provedAt, nowMs)}.`
  return nowMs - Date.parse(provedAt) > PROOF_LATE_MS
    ? sign({ name, state: 'waiting', word: 'Proved a while ago', sentence, place })
    : sign({ name, state: 'ok', word: 'Whole', sentence, place })
}

function schema({ migrations }: SystemFacts): SystemSign {
  const name = 'Database shape'
  if (migrations === null) return unread(name)
  if (migrations.due > 0) {
    return sign({
      name,
      state: 'warning',
      word: 'Behind',
      sentence: `The database lacks ${countWords(migrations.due, 'migration')} of this Desk.`,
      advice: 'Start this Desk again: it migrates before it serves.',
    })
  }
  const sentence = `Every migration has run${migrations.newest ? `, the newest is ${migrations.newest}` : ''}.`
  return sign({ name, state: 'ok', word: 'Current', sentence })
}

function storage({ storage }: SystemFacts): SystemSign {
  const name = 'Database size'
  if (storage === null) return unread(name)
  const sentence = `The database takes ${bytesWords(storage.databaseBytes)}.`
  return sign({ name, state: 'ok', word: 'Measured', sentence })
}

/** `"512 kB"`, `"1.4 GB"`, in steps of a thousand. */
export function bytesWords(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
  ] as const) {
    if (bytes >= size) return `${numbers.format(bytes / size)} ${unit}`
  }
  return `${numbers.format(Math.ceil(bytes / 1e3))} kB`
}

function sentenceOf(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
