import { readAddress } from '@desk/shared/withdrawals/destination-address'
import {
  importDestinationsInput,
  oneDestinationInput,
  passportInput,
  proposeDestinationInput,
  reasonedDestinationInput,
  renameDestinationInput,
} from '@desk/shared/withdrawals/destination-input-schema'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { allow, allowStepUp, type Context, router } from '../kernel/trpc.ts'
import {
  addDestination,
  approveDestination,
  decideOnDestination,
  renameDestination,
} from './change-destination.ts'
import { destinationPermissions } from './destination-blocks.ts'
import { readPassport } from './destination-passport.queries.ts'
import {
  destinationPageRequest,
  readDestination,
  readDestinationPage,
} from './destinations.queries.ts'
import { importDestinations } from './import-destinations.ts'

/** The address book, and all that is known of an address before it is paid. */
export const destinationsRouter = router({
  page: allow('withdrawals:read')
    .input(destinationPageRequest)
    .query(({ ctx, input }) => readDestinationPage(ctx.reads, input, ctx.now())),

  one: allow('withdrawals:read')
    .input(oneDestinationInput)
    .query(({ ctx, input }) =>
      readDestination(ctx.reads, input.id, { actor: ctx.actor, at: ctx.now() }),
    ),

  /** Of any address, in the book or not; one that cannot be read is judged as it was typed. */
  passport: allow('withdrawals:read')
    .input(passportInput)
    .query(({ ctx, input: { network, address } }) => {
      const read = readAddress(network, address)
      return readPassport(ctx.reads, { network, address: read.address ?? address }, ctx.now())
    }),

  propose: allow('destinations:write')
    .input(proposeDestinationInput)
    .mutation(({ ctx, input }) => addDestination(callOf(ctx), input)),

  approve: allowStepUp(destinationPermissions.approve)
    .input(oneDestinationInput)
    .mutation(({ ctx, input }) => approveDestination(callOf(ctx), input.id)),

  refuse: allow(destinationPermissions.refuse)
    .input(reasonedDestinationInput)
    .mutation(({ ctx, input }) => decideOnDestination(callOf(ctx), 'refuse', input)),

  freeze: allow(destinationPermissions.freeze)
    .input(reasonedDestinationInput)
    .mutation(({ ctx, input }) => decideOnDestination(callOf(ctx), 'freeze', input)),

  /** Lets money go there again, so it asks for the same proof as approving it did. */
  unfreeze: allowStepUp(destinationPermissions.unfreeze)
    .input(reasonedDestinationInput)
    .mutation(({ ctx, input }) => decideOnDestination(callOf(ctx), 'unfreeze', input)),

  remove: allow(destinationPermissions.remove)
    .input(reasonedDestinationInput)
    .mutation(({ ctx, input }) => decideOnDestination(callOf(ctx), 'remove', input)),

  rename: allow(destinationPermissions.rename)
    .input(renameDestinationInput)
    .mutation(({ ctx, input }) => renameDestination(callOf(ctx), input)),

  /** Proposes everything in a CSV file, or nothing where a row of it is wrong. */
  importCsv: allow('destinations:write')
    .input(importDestinationsInput)
    .mutation(({ ctx, input }) => importDestinations(callOf(ctx), input.text)),
})

function callOf({ db, by, actor }: CallContext) {
  return { db, by: { ...by, actor } }
}

interface CallContext extends Pick<Context, 'db'> {
  readonly by: Attribution
  readonly actor: Actor
}
