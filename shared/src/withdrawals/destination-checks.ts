import { isEvm, readAddress } from './destination-address.ts'
import type { DestinationCheck, DestinationPassport } from './passport.ts'

/** What Desk knows that the address alone does not say. */
export interface KnownAboutAddress {
  /** Contracts of tokens on this network, in any case: what is sent to one is lost. */
  readonly tokenContracts: readonly string[]
  /** Whether payers were ever told to pay to it. */
  readonly isOwnDepositAddress: boolean
}

type CheckResult = DestinationPassport['checks'][number]

/** All checks of an address in their order, each with its verdict in words. */
export function checkDestination(
  { network, address }: { readonly network: string; readonly address: string },
  known: KnownAboutAddress,
): readonly CheckResult[] {
  const lower = isEvm(network) ? address.trim().toLowerCase() : address.trim()
  const contracts = known.tokenContracts.map((one) => (isEvm(network) ? one.toLowerCase() : one))
  return [
    checksumCheck(network, address),
    result('not_zero', !isZero(network, lower), {
      pass: 'It is not the zero address.',
      fail: 'This is the zero address: nobody can ever spend what is sent there.',
    }),
    result('not_burn', !isBurn(network, lower), {
      pass: 'It is no known burn address.',
      fail: 'This address is used to destroy money: nobody can ever spend what is sent there.',
    }),
    result('not_token_contract', !contracts.includes(lower), {
      pass: 'It is no contract of a token that Desk knows.',
      fail: 'This is the contract of a token, not an account: what is sent there is lost.',
    }),
    result('not_own_deposit_address', !known.isOwnDepositAddress, {
      pass: 'No payer was ever told to pay to it.',
      fail: 'This is one of your own deposit addresses: the money would come back as a payment nobody made.',
    }),
  ]
}

/** The sentences of the checks that failed; nothing may be sent while there is one. */
export function failedChecks(checks: readonly CheckResult[]): readonly string[] {
  return checks.flatMap(({ verdict, sentence }) => (verdict === 'fail' ? [sentence] : []))
}

function result(
  check: DestinationCheck,
  isGood: boolean,
  words: { readonly pass: string; readonly fail: string },
): CheckResult {
  const verdict = isGood ? 'pass' : 'fail'
  return { check, verdict, sentence: words[verdict] }
}

function checksumCheck(network: string, address: string): CheckResult {
  const { problem } = readAddress(network, address)
  if (problem !== null) return { check: 'checksum', verdict: 'fail', sentence: problem }
  return isEvm(network)
    ? { check: 'checksum', verdict: 'pass', sentence: 'Its checksum is right.' }
    : {
        check: 'checksum',
        verdict: 'not_applicable',
        sentence: 'It has the form of this network; Desk cannot compute its checksum.',
      }
}

function isZero(network: string, lower: string): boolean {
  return isEvm(network) ? /^0x0{40}$/.test(lower) : zeroElsewhere.has(lower)
}

/** Accounts of other networks to which nobody has a key, in the place of zero. */
const zeroElsewhere: ReadonlySet<string> = new Set([
  '11111111111111111111111111111111',
  '1111111111111111111114oLvT2',
  'T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb',
])

/** Addresses that people send to in order to destroy, and precompiled contracts, which keep what they get. */
function isBurn(network: string, lower: string): boolean {
  if (!isEvm(network)) return burnElsewhere.has(lower)
  return burnt.has(lower) || (/^0x0{37}/.test(lower) && !isZero(network, lower))
}

const burnt: ReadonlySet<string> = new Set([
  '0x000000000000000000000000000000000000dead',
  '0xdead000000000000000000000000000000000000',
  '0xdeaddeaddeaddeaddeaddeaddeaddeaddeaddead',
  '0xdead000000000000000042069420694206942069',
  '0xdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  '0xffffffffffffffffffffffffffffffffffffffff',
  '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
])

const burnElsewhere: ReadonlySet<string> = new Set([
  '1nc1nerator11111111111111111111111111111111',
  '1BitcoinEaterAddressDontSendf59kuE',
])
