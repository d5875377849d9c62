import { CircleCheck, CircleMinus, Eye, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DestinationPassport } from '@desk/shared/withdrawals/passport'
import { Amount } from '../ui/amount.tsx'
import { Moment } from '../ui/moment.tsx'
import { countText } from '../ui/readers-locale.ts'
import { DestinationAddress } from './destination-address.tsx'

/** What Desk knows of an address before money goes there: every check, its past, and what it could be taken for. */
export function PassportCard({ passport }: { readonly passport: DestinationPassport }) {
  const { checks, lookAlike, coolingOffUntil } = passport
  const failed = checks.filter(({ verdict }) => verdict === 'fail')
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      {failed.map(({ check, sentence }) => (
        <Line key={check} look="fail">
          {sentence}
        </Line>
      ))}
      {failed.length === 0 && (
        <Line look="pass">
          {checks
            .filter(({ verdict }) => verdict === 'pass')
            .map(({ sentence }) => sentence)
            .join(' ')}
        </Line>
      )}
      <Line look={passport.approvedBy === null ? 'look' : 'pass'}>
        <InBook passport={passport} />
      </Line>
      <Line look={passport.timesPaid === 0 ? 'none' : 'pass'}>
        {passport.timesPaid === 0 ? (
          'Never paid before.'
        ) : (
          <>
            Paid {countText(passport.timesPaid)} {passport.timesPaid === 1 ? 'time' : 'times'},{' '}
            <Amount cents={passport.paidCents} />
            {passport.lastPaidAt !== null && (
              <>
                , last <Moment at={passport.lastPaidAt} />
              </>
            )}
            .
          </>
        )}
      </Line>
      {coolingOffUntil !== null && (
        <Line look="look">
          New: it cools off and can be paid <Moment at={coolingOffUntil} />.
        </Line>
      )}
      {lookAlike !== null && (
        <Line look="look">
          Looks like {lookAlike.label === null ? 'another address' : `“${lookAlike.label}”`}{' '}
          {seenWords[lookAlike.seenIn]}: compare the marked characters.
          <span className="mt-1 block">
            <DestinationAddress address={lookAlike.address} differsAt={lookAlike.differsAt} />
          </span>
        </Line>
      )}
    </ul>
  )
}

const seenWords = {
  book: 'in the address book',
  withdrawals: 'that was paid before',
  payments: 'of a customer',
} as const

function InBook({ passport }: { readonly passport: DestinationPassport }) {
  const { label, addedBy, addedAt, approvedBy } = passport
  if (label === null || addedAt === null) return 'It is not in the address book yet.'
  return (
    <>
      In the address book as “{label}” since <Moment at={addedAt} />
      {addedBy !== null && `, added by ${addedBy.name}`}
      {approvedBy === null
        ? ', waiting for approval by a second person.'
        : ` and approved by ${approvedBy.name}.`}
    </>
  )
}

function Line({
  look,
  children,
}: {
  readonly look: keyof typeof looks
  readonly children: ReactNode
}) {
  const { icon: Icon, tone, word } = looks[look]
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 flex-none ${tone}`} />
      <span className="min-w-0">
        <span className="sr-only">{word}: </span>
        {children}
      </span>
    </li>
  )
}

const looks = {
  pass: { icon: CircleCheck, tone: 'text-ok', word: 'Passed' },
  fail: { icon: TriangleAlert, tone: 'text-bad', word: 'Failed' },
  look: { icon: Eye, tone: 'text-warn', word: 'Look' },
  none: { icon: CircleMinus, tone: 'text-faint', word: 'Nothing known' },
} as const
