import { columnHeader } from '@desk/shared/exports/export-columns'
import type { PaymentExport } from '@desk/shared/exports/payment-export'
import { centsToDecimal } from '@desk/shared/money/amount-cents'
import { baseUnitsToDecimal } from '@desk/shared/money/base-units'
import { printSearch } from '@desk/shared/payments/print-search'
import { instantsOfDays } from '@desk/shared/time/business-day'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { daysAsked } from '../payments/payment-conditions.ts'
import { readExport } from './exports.queries.ts'

/**
 * What an export was: what was asked, by whom and when, and what the file adds up to. It is kept when the file
 * is not. Refuses with `export_unknown` and `export_not_done`.
 */
export async function readManifest(reads: Db, id: string) {
  const made = await readExport(reads, id)
  const { file, totals } = made
  if (file === null || totals === null) {
    throw new Refusal('conflict', 'export_not_done', 'This export has no manifest: it is not done.')
  }
  return {
    manifest: 1,
    export: made.id,
    kind: 'payments',
    file: { name: file.name, format: made.format, bytes: file.bytes, sha256: file.sha256 },
    asked: {
      words: printSearch(made.query) || 'every payment',
      query: made.query,
      ...daysOf(made),
    },
    columnSet: made.columnSet,
    columns: made.columns.map((column) => ({
      name: column,
      header: columnHeader(column, made.timesZone),
    })),
    timesZone: made.timesZone,
    rows: totals.count,
    totals: {
      currencies: totals.currencies.map((sums) => ({
        currency: sums.currency,
        payments: sums.count,
        withoutAmount: sums.withoutAmount,
        gross: decimal(sums.grossCents),
        convenienceFees: decimal(sums.convenienceFeeCents),
        merchantFees: decimal(sums.merchantFeeCents),
        swapFees: decimal(sums.swapFeeCents),
        net: decimal(sums.netCents),
      })),
      tokens: totals.tokens.map(({ token, decimals, count, baseUnits }) => ({
        token,
        payments: count,
        decimals,
        baseUnits,
        received: decimals === null ? null : baseUnitsToDecimal({ baseUnits, decimals }),
      })),
    },
    snapshotAt: made.snapshotAt,
    requestedBy: made.requestedBy,
    requestedAt: made.requestedAt,
    finishedAt: made.finishedAt,
    previousExport: made.previousId,
    difference: made.difference,
  }
}

/** The days of the question as fixed days and as instants, so that nobody has to know when it was asked. */
function daysOf({ query, zone, cutOff, askedOn }: PaymentExport) {
  const days = daysAsked(query, { today: askedOn })
  const { from, before } = instantsOfDays(days, { zone, cutOff })
  return { zone, cutOff, askedOn, days, createdFrom: from, createdBefore: before }
}

function decimal(cents: string): string {
  return centsToDecimal(BigInt(cents))
}
