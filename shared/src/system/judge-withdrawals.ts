import { formatCents } from '../money/amount-cents.ts'
import { networkName } from '../networks/networks.ts'
import { agoWords } from './span-words.ts'
import type { SystemFacts } from './system-facts.ts'
import { countWords, sign, type SystemSign, unread } from './system-sign.ts'

const place = '/withdrawals'

type Part = NonNullable<SystemFacts['withdrawals']>

/** Whether money that should leave does, and whether it is known where it went. */
export function judgeWithdrawals({ withdrawals, at }: SystemFacts): readonly SystemSign[] {
  if (withdrawals === null) return [unread('Withdrawals accounted for')]
  return [
    accounted(withdrawals, at),
    askedFor(withdrawals),
    leaving(withdrawals, at),
    balances(withdrawals),
  ]
}

function accounted({ unknown, oldestUnknownAt }: Part, at: string): SystemSign {
  const name = 'Withdrawals accounted for'
  if (unknown === 0) {
    const sentence = 'It is known of every withdrawal whether SpacePay took it.'
    return sign({ name, state: 'ok', word: 'All known', sentence, place })
  }
  const since =
    oldestUnknownAt === null
      ? ''
      : `, the oldest since ${agoWords(oldestUnknownAt, Date.parse(at))}`
  const what = countWords(unknown, 'withdrawal')
  return sign({
    name,
    state: 'warning',
    word: 'Unknown',
    sentence: `${what} may or may not have been sent${since}.`,
    advice:
      'Desk keeps looking at SpacePay and sends nothing again. If it stays so, an admin resolves it with evidence.',
    place,
  })
}

function askedFor({ unrequested: { count, cents } }: Part): SystemSign {
  const name = 'Withdrawals asked for'
  if (count === 0) {
    const sentence = 'Every withdrawal of the last 24 hours was asked for and approved here.'
    return sign({ name, state: 'ok', word: 'All', sentence, place })
  }
  return sign({
    name,
    state: 'warning',
    word: 'Not here',
    sentence: `${countWords(count, 'withdrawal')} of ${formatCents(cents)} in all ${
      count === 1 ? 'was' : 'were'
    } made at SpacePay in the last 24 hours, and nobody asked for ${count === 1 ? 'it' : 'them'} here.`,
    advice:
      'Look at “Not requested here” under Withdrawals. If nobody knows of it, stop withdrawals, change the secret key and call SpacePay.',
    place,
  })
}

function leaving({ stop }: Part, at: string): SystemSign {
  const name = 'Withdrawals leaving'
  if (stop === null) {
    const sentence = 'What is approved leaves by itself.'
    return sign({ name, state: 'ok', word: 'Open', sentence, place })
  }
  const when = agoWords(stop.at, Date.parse(at))
  const { word, what, advice } = stopWords[stop.cause]
  const sentence = `${what} ${when}: ${endSentence(stop.reason)}`
  return sign({ name, state: 'warning', word, sentence, advice, place })
}

const stopWords = {
  person: {
    word: 'Stopped',
    what: 'Somebody stopped all withdrawals',
    advice: 'An admin lets them go again under Withdrawals once the reason is gone.',
  },
  unauthorized: {
    word: 'Stopped',
    what: 'Desk stopped all withdrawals because SpacePay refused its key',
    advice: 'Set a valid key, then an admin lets withdrawals go again.',
  },
  different_answer: {
    word: 'Answer differs',
    what: 'Desk stopped all withdrawals because SpacePay answered with another amount or address than was asked for',
    advice: 'Call SpacePay at once and compare the withdrawal with what was approved.',
  },
} as const

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function balances({ lowBalances }: Part): SystemSign {
  const name = 'Wallet balances'
  if (lowBalances.length === 0) {
    const sentence = 'No balance that was read is below the policy’s warning level.'
    return sign({ name, state: 'ok', word: 'Enough', sentence, place })
  }
  const each = lowBalances.map(
    ({ network, cents }) => `${formatCents(cents)} on ${networkName(network)}`,
  )
  return sign({
    name,
    state: 'warning',
    word: 'Low',
    sentence: `The wallet holds only ${each.join(' and ')}.`,
    advice: 'Top it up, or withdrawals there will fail.',
    place,
  })
}
