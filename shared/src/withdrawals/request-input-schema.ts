import * as z from 'zod/mini'
import { userId } from '../identity/session.ts'
import { destinationId } from './destination-input-schema.ts'
import { addressText, networkId, requestAmountCents, sha256Hex } from './request-content-schema.ts'
import { requestStates } from './request-state.ts'
import {
  EVIDENCE_MAX,
  labelText,
  linesOfText,
  reasonText,
  searchText,
} from './request-text-schema.ts'

export const requestId = z.string().check(z.regex(/^[-0-9A-Za-z_]{1,64}$/, 'is no withdrawal'))
const revision = z.int().check(z.positive())

/** A page of requests, the newest first; `cursor` is what the page before ended with. */
export const requestPageInput = z.object({
  states: z.optional(z.array(z.enum(requestStates)).check(z.maxLength(requestStates.length))),
  requestedBy: z.optional(userId),
  network: z.optional(networkId),
  destinationId: z.optional(destinationId),
  /** A name such as `W-12`, SpacePay's id, or part of an order id, an address, a label or a reason. */
  q: z.optional(searchText),
  cursor: z.nullish(z.string().check(z.maxLength(500))),
})
export type RequestPageInput = z.infer<typeof requestPageInput>

/** A page of what SpacePay has and nobody asked for here. */
export const unrequestedPageInput = z.object({
  /** SpacePay's id, an address, a transaction's hash, or how an order id begins. */
  q: z.optional(searchText),
  cursor: z.nullish(z.string().check(z.maxLength(500))),
})
export type UnrequestedPageInput = z.infer<typeof unrequestedPageInput>

export const oneRequestInput = z.object({ id: requestId })

/** An entry of the address book, or a new one that is proposed along with the request. */
const destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('book'), id: destinationId }),
  z.object({ kind: z.literal('new'), address: addressText, label: labelText }),
])

const asked = {
  amountCents: requestAmountCents,
  network: networkId,
  destination,
  reason: reasonText,
}

/** Sent again with the same `attempt` it means the same draft. */
export const createRequestInput = z.object({ attempt: z.uuid(), ...asked })
export type CreateRequestInput = z.infer<typeof createRequestInput>

/** `revision` is the one that was on the screen; another one is a conflict. */
export const editRequestInput = z.object({ id: requestId, revision, ...asked })
export type EditRequestInput = z.infer<typeof editRequestInput>

export const previewRequestInput = z.object({
  amountCents: requestAmountCents,
  network: networkId,
  destination: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('book'), id: destinationId }),
    z.object({ kind: z.literal('new'), address: addressText }),
  ]),
  /** The draft that is being edited: no duplicate of itself. */
  id: z.optional(requestId),
})
export type PreviewRequestInput = z.infer<typeof previewRequestInput>

/** For what changes nothing but the state: submitting and cancelling. */
export const seenRequestInput = z.object({ id: requestId, revision })

const onBehalfOf = z.nullable(userId)

/** The fingerprint is the one that the voter's own browser computed from what it showed. */
export const approveRequestInput = z.object({
  id: requestId,
  revision,
  fingerprint: sha256Hex,
  onBehalfOf,
})
export type ApproveRequestInput = z.infer<typeof approveRequestInput>

export const rejectRequestInput = z.object({ id: requestId, revision, reason: reasonText })
export const breakGlassInput = z.object({ id: requestId, revision, reason: reasonText })

/** What became of a sending that nobody could tell, and what the person who says so relies on. */
export const resolveRequestInput = z.object({
  id: requestId,
  outcome: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('adopt'),
      withdrawalId: z.string().check(z.regex(/^[\x21-\x7e]{1,64}$/, 'This is no withdrawal’s id.')),
    }),
    z.object({ kind: z.literal('absent') }),
  ]),
  evidence: linesOfText('The evidence', EVIDENCE_MAX),
})
export type ResolveRequestInput = z.infer<typeof resolveRequestInput>
