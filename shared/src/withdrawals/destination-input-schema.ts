import * as z from 'zod/mini'
import { addressText, networkId } from './request-content-schema.ts'
import { labelText, reasonText, searchText } from './request-text-schema.ts'

const DESTINATION_STATES = ['proposed', 'active', 'frozen', 'refused', 'removed'] as const
const CSV_CHARACTERS_MAX = 100_000

export const destinationId = z.string().check(z.regex(/^[-0-9A-Za-z_]{1,64}$/, 'is no destination'))

/** A page of the address book by label; `cursor` is what the page before ended with. */
export const destinationPageInput = z.object({
  q: z.optional(searchText),
  network: z.optional(networkId),
  state: z.optional(z.enum(DESTINATION_STATES)),
  cursor: z.nullish(z.string().check(z.maxLength(500))),
})
export type DestinationPageInput = z.infer<typeof destinationPageInput>

export const passportInput = z.object({ network: networkId, address: addressText })

export const proposeDestinationInput = z.object({
  network: networkId,
  address: addressText,
  label: labelText,
})

export const oneDestinationInput = z.object({ id: destinationId })
/** Deciding against it, or taking it out of use, says why. */
export const reasonedDestinationInput = z.object({ id: destinationId, reason: reasonText })
export const renameDestinationInput = z.object({ id: destinationId, label: labelText })

/** A file with a header line; what is wrong with a row is said of that row. */
export const importDestinationsInput = z.object({
  text: z
    .string()
    .check(
      z.minLength(1, 'The file is empty.'),
      z.maxLength(CSV_CHARACTERS_MAX, 'The file is larger than 100,000 characters.'),
    ),
})
