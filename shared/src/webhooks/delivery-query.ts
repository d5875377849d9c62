import * as z from 'zod/mini'
import { webhookVerdicts } from './webhook-delivery.ts'

/** Either every delivery that SpacePay signed, every one that was refused, or one verdict. */
const verdictChoices = ['accepted', 'refused', ...webhookVerdicts] as const

/** What became of a delivery; `none` is what never has to be processed: repeats, unreadable and refused ones. */
const workStates = ['processed', 'waiting', 'parked', 'none'] as const
export type WorkState = (typeof workStates)[number]

const day = z.iso.date()
/** To the minute, as a clock in the business zone shows it: `2026-11-23T14:30`. */
const clock = z.iso.datetime({ local: true, precision: -1 }).check(z.regex(/^[^Z]*$/))
const short = z.string().check(z.minLength(1), z.maxLength(200))
export const SEARCH_CHARACTERS_MIN = 3

/** The filters of the deliveries: the address, the list and reprocessing take the same object. */
export const deliveryQuery = z.object({
  verdict: z.optional(z.enum(verdictChoices)),
  eventType: z.optional(short),
  state: z.optional(z.enum(workStates)),
  /** A payment's id, its order id, or a withdrawal's id. */
  about: z.optional(short),
  /** As Desk names the secret that signed it. */
  secret: z.optional(short),
  /** Days or minutes of the business zone, both included. */
  from: z.optional(z.union([day, clock])),
  to: z.optional(z.union([day, clock])),
  /** Anywhere in the payload, in capitals or not. */
  text: z.optional(
    z
      .string()
      .check(
        z.minLength(SEARCH_CHARACTERS_MIN, 'Search for at least 3 characters'),
        z.maxLength(200),
      ),
  ),
})
export type DeliveryQuery = z.infer<typeof deliveryQuery>

/** A page of deliveries, newest first; `cursor` is what the page before ended with. */
export const deliveryListInput = z.object({
  query: deliveryQuery,
  cursor: z.nullish(z.string().check(z.maxLength(500))),
})
