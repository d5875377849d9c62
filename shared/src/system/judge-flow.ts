import { agoWords, spanWords } from './span-words.ts'
import type { SystemFacts } from './system-facts.ts'
import { countWords, numbers, sign, type SystemSign, unread } from './system-sign.ts'

/** Processing takes well under a second; a minute is a fault and no burst. */
const LAG_WARNING_MS = 60_000
const LAG_WAITING_MS = 5_000
/** The list is read every minute or so; several missed rounds are worth a word. */
const SYNC_SILENT_MS = 5 * 60_000
/** So many refused in an hour are no accident of one sender. */
const REFUSED_WARNING = 20

/** What comes in from SpacePay, and whether it is worked through. */
export function judgeFlow(facts: SystemFacts): readonly SystemSign[] {
  return [
    arrivals(facts),
    processing(facts),
    parked(facts),
    refused(facts),
    upstream(facts),
    budget(facts),
    lists(facts),
    completeness(facts),
    drift(facts),
  ]
}

function arrivals({ webhooks, at }: SystemFacts): SystemSign {
  const name = 'Webhooks arriving'
  if (webhooks === null) return unread(name)
  const { lastAt, expected, isAlarming, silentMs } = webhooks.gap
  if (lastAt === null) {
    return sign({
      name,
      state: 'waiting',
      word: 'None yet',
      sentence: 'No webhook has arrived since Desk was set up.',
      advice: 'Register the address of this Desk at SpacePay and have it send a test.',
      place: '/webhooks',
    })
  }
  if (!isAlarming) {
    const sentence = `The last webhook came ${agoWords(lastAt, Date.parse(at))}.`
    return sign({ name, state: 'ok', word: 'Arriving', sentence, place: '/webhooks' })
  }
  return sign({
    name,
    state: 'warning',
    word: 'Silent',
    sentence: `Nothing has come for ${spanWords(silentMs ?? 0)}, in which about ${numbers.format(Math.round(expected ?? 0))} usually come at this time of the week.`,
    advice: 'Check at SpacePay that the endpoint is on, and that its address reaches Desk.',
    place: '/webhooks',
  })
}

function processing({ webhooks, at }: SystemFacts): SystemSign {
  const name = 'Webhooks processed'
  if (webhooks === null) return unread(name)
  const { waiting, oldestWaitingAt } = webhooks
  if (oldestWaitingAt === null) {
    const sentence = 'Every verified webhook is processed.'
    return sign({ name, state: 'ok', word: 'Up to date', sentence, place: '/webhooks' })
  }
  const lagMs = Math.max(0, Date.parse(at) - Date.parse(oldestWaitingAt))
  const sentence = `${countWords(waiting, 'webhook')} waiting to be processed, the oldest for ${spanWords(lagMs)}.`
  if (lagMs < LAG_WARNING_MS) {
    const isShort = lagMs < LAG_WAITING_MS
    const word = isShort ? 'Up to date' : 'Catching up'
    return sign({ name, state: isShort ? 'ok' : 'waiting', word, sentence, place: '/webhooks' })
  }
  return sign({
    name,
    state: 'warning',
    word: 'Behind',
    sentence,
    advice: 'Nothing is lost. See that a Desk is running and what its log says about processing.',
    place: '/webhooks',
  })
}

function parked({ webhooks }: SystemFacts): SystemSign {
  const name = 'Webhooks set aside'
  if (webhooks === null) return unread(name)
  if (webhooks.parked === 0) {
    return sign({ name, state: 'ok', word: 'None', sentence: 'None failed for good.' })
  }
  return sign({
    name,
    state: 'warning',
    word: 'Set aside',
    sentence: `${countWords(webhooks.parked, 'webhook')} could not be processed and will not be tried again.`,
    advice: 'Open them under Webhooks, see why, and have them processed again.',
    place: '/webhooks',
  })
}

function refused({ webhooks }: SystemFacts): SystemSign {
  const name = 'Webhooks refused'
  if (webhooks === null) return unread(name)
  const { refusedInLastHour } = webhooks
  const sentence =
    refusedInLastHour === 0
      ? 'In the last hour every delivery could be verified.'
      : `In the last hour ${countWords(refusedInLastHour, 'delivery')} could not be verified.`
  if (refusedInLastHour < REFUSED_WARNING) {
    const word = refusedInLastHour === 0 ? 'None' : 'A few'
    return sign({ name, state: 'ok', word, sentence, place: '/webhooks' })
  }
  return sign({
    name,
    state: 'warning',
    word: 'Many',
    sentence,
    advice:
      'Compare the signing secret here with the one at SpacePay; someone may also be guessing.',
    place: '/webhooks',
  })
}

function upstream({ upstream, at }: SystemFacts): SystemSign {
  const name = 'SpacePay’s API'
  const { circuit, lastFailure, lastSuccessAt, lastFailureAt, rateLimitedCount } = upstream
  if (isKeyRefused(upstream)) {
    return sign({
      name,
      state: 'warning',
      word: 'Key refused',
      sentence: 'SpacePay answers that the secret key is not valid.',
      advice: 'Put a valid SPACEPAY_SECRET_KEY into the environment of Desk and start it again.',
    })
  }
  if (circuit !== 'closed') {
    return sign({
      name,
      state: 'warning',
      word: 'Not answering',
      sentence: `Calls are held back after repeated failures${lastFailure ? `: ${lastFailure.message}` : '.'}`,
      advice:
        'Desk tries again by itself. Webhooks keep arriving meanwhile; see SpacePay’s own status.',
    })
  }
  if (lastSuccessAt === null) {
    const isFailing = lastFailureAt !== null
    return sign({
      name,
      state: isFailing ? 'warning' : 'waiting',
      word: isFailing ? 'Failing' : 'Not asked yet',
      sentence: 'SpacePay has not answered since this Desk started.',
    })
  }
  const limits =
    rateLimitedCount === 0
      ? ''
      : ` Since this Desk started it asked ${countWords(rateLimitedCount, 'time')} for fewer calls.`
  const sentence = `The last answer came ${agoWords(lastSuccessAt, Date.parse(at))}.${limits}`
  return sign({ name, state: 'ok', word: 'Answering', sentence })
}

/** Whether the last thing SpacePay said to this Desk is that its key is not valid. */
function isKeyRefused(upstream: SystemFacts['upstream']): boolean {
  const { lastFailure, lastFailureAt, lastSuccessAt } = upstream
  if (lastFailure?.status !== 401) return false
  return lastSuccessAt === null || (lastFailureAt !== null && lastFailureAt >= lastSuccessAt)
}

function budget({ budget, upstream, at }: SystemFacts): SystemSign {
  const name = 'Calls to the API'
  if (budget === null) return unread(name)
  const { callsLeft, perSecond, burst } = budget
  const pace = `Desk makes at most ${numbers.format(perSecond)} calls a second.`
  if (upstream.blockedUntil !== null && upstream.blockedUntil > at) {
    const left = spanWords(Date.parse(upstream.blockedUntil) - Date.parse(at))
    const sentence = `SpacePay asked for a pause; calls go out again in ${left}.`
    return sign({ name, state: 'waiting', word: 'Paused', sentence })
  }
  if (callsLeft < 0) {
    const sentence = `${countWords(Math.ceil(-callsLeft), 'call')} waiting for their turn. ${pace}`
    return sign({ name, state: 'waiting', word: 'In turn', sentence })
  }
  const sentence = `${numbers.format(Math.floor(callsLeft))} of ${numbers.format(burst)} may go out at once. ${pace}`
  return sign({ name, state: 'ok', word: 'Free', sentence })
}

function lists({ sync, at }: SystemFacts): SystemSign {
  const name = 'Reading SpacePay’s lists'
  if (sync === null) return unread(name)
  const { history, lastReadAt } = sync
  if (lastReadAt === null) {
    const sentence = 'No list has been read yet; it begins by itself.'
    return sign({ name, state: 'waiting', word: 'Starting', sentence })
  }
  const read = `The last page was read ${agoWords(lastReadAt, Date.parse(at))}.`
  if (Date.parse(at) - Date.parse(lastReadAt) > SYNC_SILENT_MS) {
    return sign({
      name,
      state: 'warning',
      word: 'Stopped',
      sentence: read,
      advice:
        'See whether SpacePay’s API answers; if it does, the log of Desk says what holds it up.',
    })
  }
  if (history && history.finishedAt === null) {
    const total = history.total === null ? '' : ` of ${numbers.format(history.total)}`
    const sentence = `The first reading of all payments is at ${numbers.format(history.offset)}${total}. ${read}`
    return sign({ name, state: 'waiting', word: 'First reading', sentence })
  }
  const rejected = history?.rejected ?? 0
  const sentence =
    rejected === 0 ? read : `${read} ${countWords(rejected, 'row')} could not be read.`
  return sign({ name, state: 'ok', word: 'Reading', sentence })
}

function completeness({ sync, at }: SystemFacts): SystemSign {
  const name = 'Payments complete'
  if (sync === null) return unread(name)
  if (sync.completeUntil === null || sync.history?.finishedAt === null) {
    const sentence = 'Desk does not hold every payment yet: the first reading is under way.'
    return sign({ name, state: 'waiting', word: 'Not yet', sentence })
  }
  const sentence = `Every payment that SpacePay listed up to ${agoWords(sync.completeUntil, Date.parse(at))} is in Desk.`
  return sign({ name, state: 'ok', word: 'Complete', sentence })
}

function drift({ drift }: SystemFacts): SystemSign {
  const name = 'Webhooks and API agree'
  if (drift === null) return unread(name)
  if (drift.open === 0) {
    return sign({ name, state: 'ok', word: 'They agree', sentence: 'No contradiction is open.' })
  }
  const stake = `$${(drift.stakeCents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`
  return sign({
    name,
    state: 'warning',
    word: 'They differ',
    sentence: `${countWords(drift.open, 'contradiction')} open, with ${stake} at stake.`,
    advice: 'Go through them under Needs attention: each shows both accounts side by side.',
    place: '/attention',
  })
}
