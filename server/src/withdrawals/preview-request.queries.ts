import { readAddress } from '@desk/shared/withdrawals/destination-address'
import { exceededLimits, limitText, limitUses } from '@desk/shared/withdrawals/judge-limits'
import { bandFor } from '@desk/shared/withdrawals/policy-band'
import type { PreviewRequestInput } from '@desk/shared/withdrawals/request-input-schema'
import type { RequestPreview } from '@desk/shared/withdrawals/request-preview'
import type { Db } from '../database.ts'
import { readActivePolicy } from './active-policy.queries.ts'
import { readPassport } from './destination-passport.queries.ts'
import { readLimitUse } from './limit-use.queries.ts'
import { type CaseViewer, duplicatesOf } from './request-case.queries.ts'
import { readNetworkBalance } from './wallet-balances.ts'

/** What the policy, the limits, the address book and the wallet say of a request that is being written. */
export async function previewRequest(
  db: Db,
  asked: PreviewRequestInput,
  { actor, at, zone }: CaseViewer,
): Promise<RequestPreview> {
  const policy = await readActivePolicy(db)
  const use = await readLimitUse(db, {
    requestedBy: actor.userId,
    at,
    moment: 'asking',
    zone,
    except: asked.id ?? null,
  })
  const { address, problem } = await addressOf(db, asked)
  const { network, amountCents } = asked
  const { aboveCents, upToCents, approvers } = bandFor(policy, amountCents)
  return {
    policyVersion: policy.version,
    band: { aboveCents, upToCents, approvers },
    limits: limitUses(policy.limits, use),
    exceeded: exceededLimits(policy.limits, { amountCents, ...use }).map(limitText),
    passport: address === null ? null : await readPassport(db, { network, address }, at),
    addressProblem: problem,
    duplicates:
      address === null
        ? []
        : await duplicatesOf(
            db,
            {
              id: asked.id ?? '',
              amount_cents: amountCents,
              network,
              destination_address: address,
            },
            at,
          ),
    balance: await readBalance(db, network),
  }
}

async function addressOf(
  db: Db,
  { network, destination }: PreviewRequestInput,
): Promise<{ readonly address: string | null; readonly problem: string | null }> {
  if (destination.kind === 'new') return readAddress(network, destination.address)
  const entry = await db
    .selectFrom('destination')
    .select('address')
    .where('id', '=', destination.id)
    .where('network', '=', network)
    .executeTakeFirst()
  return entry
    ? { address: entry.address, problem: null }
    : { address: null, problem: 'The address book has no such destination on this network.' }
}

/** The dollars of all its tokens together; null where one of them is not known. */
async function readBalance(db: Db, network: string): Promise<RequestPreview['balance']> {
  const balance = await readNetworkBalance(db, network)
  return balance === null || balance.cents === null
    ? null
    : { cents: balance.cents, readAt: balance.readAt }
}
