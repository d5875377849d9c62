import type { PastedLine } from '@desk/shared/payments/pasted-lines'
import type { Api } from '../app/api.ts'

/** Hits and misses for lines, in their order. */
export function foundOptions(api: Api, lines: readonly PastedLine[]) {
  return api.payments.findMany.queryOptions({ lines }, { ...asPost, enabled: lines.length > 0 })
}

/** The same as a file. */
export function foundCsvOptions(api: Api, lines: readonly PastedLine[]) {
  return api.payments.findManyCsv.queryOptions({ lines }, { ...asPost, staleTime: 0 })
}

/** A thousand lines have no room in an address. */
const asPost = { trpc: { context: { asPost: true } } } as const
