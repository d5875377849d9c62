import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { mainMerchant } from '../registry/merchant.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { payoutsOf } from './payouts.ts'
import { makeStatement, type Statement } from './statement.ts'
import { writeCamt, writeCsv } from './write-statement.ts'

const zoneName = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
    message: 'is no time zone',
  })

/** Of which days the statement is, and how much of it is wrong. */
export const statementQuery = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    faults: z.coerce.number().int().min(0).max(200).default(0),
    zone: zoneName.default('Europe/London'),
    iban: z.string().max(34).default('GB29NWBK60161331926819'),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' })
type StatementQuery = z.infer<typeof statementQuery>

/**
 * What the merchant's bank says of SpacePay's payouts, as no API of SpacePay's tells it: they come on the next
 * working day. With `faults` some are short, over or late, and `/discrepancies` says which.
 */
export function bankRoutes(scope: FastifyInstance, world: World): void {
  const statementOf = (query: StatementQuery): Statement => {
    const { zone, from, to, faults } = query
    const payouts = payoutsOf(world.payments.all(), { merchantId: mainMerchant.id, zone })
    return makeStatement(payouts, { from, to, faults, seed: world.origin().seed })
  }
  const send = (name: string) => `attachment; filename="bank-statement-${name}"`

  scope.get('/bank-statement.csv', (request, reply) => {
    const query = readInput(statementQuery, request.query)
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', send(`${query.from}-${query.to}.csv`))
      .send(writeCsv(statementOf(query)))
  })
  scope.get('/bank-statement.xml', (request, reply) => {
    const query = readInput(statementQuery, request.query)
    return reply
      .header('content-type', 'application/xml; charset=utf-8')
      .header('content-disposition', send(`${query.from}-${query.to}.xml`))
      .send(writeCamt(statementOf(query), query))
  })
  scope.get('/bank-statement/discrepancies', (request) => {
    const { discrepancies, strays } = statementOf(readInput(statementQuery, request.query))
    return { discrepancies, strays }
  })
}
