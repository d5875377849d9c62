import * as z from 'zod'
import { parseMinor } from './minor-units.ts'
import { type ParsedLine, type StatementAccount, UnreadableRow } from './parsed-statement.ts'
import { parseDay } from './statement-date.ts'

/** One `Ntry`; null where the bank has not booked it yet. Throws `UnreadableRow`. */
export function camtEntry(
  node: unknown,
  account: StatementAccount,
): Omit<ParsedLine, 'row' | 'text'> | null {
  const read = entryNode.safeParse(node)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new UnreadableRow(
      `${issue?.path.join('/') || 'The entry'} is missing or not as it should be.`,
    )
  }
  const entry = read.data
  const status = typeof entry.Sts === 'string' ? entry.Sts : entry.Sts?.Cd
  if (status !== undefined && status !== 'BOOK') return null
  const currency = entry.Amt['@Ccy']
  if (currency !== account.currency) {
    throw new UnreadableRow(`It is in ${currency}; the account is in ${account.currency}.`)
  }
  const amount = minorOf(entry.Amt['#text'])
  if (amount === 0n) throw new UnreadableRow('It has no amount.')
  const isReversal = entry.RvslInd === 'true'
  const details = entry.NtryDtls.flatMap(({ TxDtls }) => TxDtls)
  const sent = entry.AmtDtls ?? (details.length === 1 ? details[0]?.AmtDtls : undefined)
  const instructed = sent?.InstdAmt ?? sent?.TxAmt
  const isIn = (entry.CdtDbtInd === 'CRDT') !== isReversal
  return {
    bookedOn: dayOf(entry.BookgDt, 'BookgDt'),
    valueOn: entry.ValDt ? dayOf(entry.ValDt, 'ValDt') : null,
    amountMinor: isIn ? amount : -amount,
    reference:
      joined([
        ...details.map(({ Refs }) =>
          Refs?.EndToEndId === 'NOTPROVIDED' ? '' : (Refs?.EndToEndId ?? ''),
        ),
        ...details.flatMap(({ RmtInf }) => RmtInf?.Ustrd ?? []),
      ]) ||
      (entry.NtryRef ?? ''),
    counterparty: joined(
      details.map(({ RltdPties }) => {
        const party = isIn ? RltdPties?.Dbtr : RltdPties?.Cdtr
        return party?.Nm ?? party?.Pty?.Nm ?? ''
      }),
    ),
    description: entry.AddtlNtryInf ?? '',
    originalMinor: instructed ? minorOf(instructed.Amt['#text']) : null,
    originalCurrency: instructed?.Amt['@Ccy'] ?? null,
    rate: instructed?.CcyXchg?.XchgRate ?? null,
    chargeMinor: (entry.Chrgs?.Rcrd ?? [])
      .filter(({ CdtDbtInd }) => CdtDbtInd !== 'CRDT')
      .reduce((sum, { Amt }) => sum + minorOf(Amt['#text']), 0n),
  }
}

const amount = z.object({ '#text': z.string(), '@Ccy': z.string() })
const date = z.object({ Dt: z.string().optional(), DtTm: z.string().optional() })
const party = z.object({
  Nm: z.string().optional(),
  Pty: z.object({ Nm: z.string().optional() }).optional(),
})
const amountDetails = z
  .object({
    Amt: amount,
    CcyXchg: z.object({ XchgRate: z.string().optional() }).optional(),
  })
  .optional()
const sentNode = z.object({ InstdAmt: amountDetails, TxAmt: amountDetails }).optional()
const detailsNode = z.object({
  Refs: z.object({ EndToEndId: z.string().optional() }).optional(),
  RmtInf: z.object({ Ustrd: z.array(z.string()).optional() }).optional(),
  RltdPties: z.object({ Dbtr: party.optional(), Cdtr: party.optional() }).optional(),
  AmtDtls: sentNode,
})
const entryNode = z.object({
  NtryRef: z.string().optional(),
  Amt: amount,
  CdtDbtInd: z.enum(['CRDT', 'DBIT']),
  RvslInd: z.string().optional(),
  Sts: z.union([z.string(), z.object({ Cd: z.string().optional() })]).optional(),
  BookgDt: date,
  ValDt: date.optional(),
  AmtDtls: sentNode,
  Chrgs: z
    .object({
      Rcrd: z.array(z.object({ Amt: amount, CdtDbtInd: z.string().optional() })).default([]),
    })
    .optional(),
  NtryDtls: z
    .array(
      z
        .object({ TxDtls: z.array(detailsNode).default([]) })
        .or(z.literal('').transform(() => ({ TxDtls: [] }))),
    )
    .default([]),
  AddtlNtryInf: z.string().optional(),
})

function minorOf(text: string): bigint {
  const minor = parseMinor(text, '.')
  if (minor === null) throw new UnreadableRow(`The amount “${text}” is no amount.`)
  return minor
}

function dayOf({ Dt, DtTm }: z.infer<typeof date>, name: string): string {
  const day = parseDay((Dt ?? DtTm ?? '').slice(0, 10), 'year_month_day')
  if (day === null) throw new UnreadableRow(`${name} “${Dt ?? DtTm ?? ''}” is no day.`)
  return day
}

function joined(parts: readonly string[]): string {
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))].join(' ')
}
