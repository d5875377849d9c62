import * as z from 'zod'
import { inviteInput } from '@desk/shared/identity/invitation'
import {
  personInput,
  samePersonInput,
  setRolesInput,
  type TeamInvitation,
  type TeamPerson,
} from '@desk/shared/identity/team'
import { allow, allowStepUp, router } from '../kernel/trpc.ts'
import {
  changeRoles,
  disablePerson,
  enablePerson,
  removePerson,
  resetFactors,
} from './change-person.ts'
import { readTeamInvitations } from './invitations.queries.ts'
import { tieAccounts } from './tie-accounts.ts'
import { invitePerson, renewInvitation, withdrawInvitation } from './invite-person.ts'
import { countOpenSessions, readTeam } from './team.queries.ts'

const one = z.object({ id: z.string().min(1).max(64) })

export const teamRouter = router({
  list: allow('people:read').query(
    async ({ ctx }): Promise<{ people: TeamPerson[]; invitations: TeamInvitation[] }> => ({
      people: await readTeam(ctx.db),
      invitations: await readTeamInvitations(ctx.db, ctx.now()),
    }),
  ),

  invite: allowStepUp('people:write')
    .input(inviteInput)
    .mutation(({ ctx, input }) => invitePerson(ctx, input)),

  renewInvitation: allowStepUp('people:write')
    .input(one)
    .mutation(({ ctx, input }) => renewInvitation(ctx, input.id)),

  voidInvitation: allow('people:write')
    .input(one)
    .mutation(({ ctx, input }) => withdrawInvitation(ctx, input.id)),

  setRoles: allowStepUp('people:write')
    .input(setRolesInput)
    .mutation(({ ctx, input }) => changeRoles(ctx, input.userId, input.roles)),

  /** What would end with this person's stay. */
  leaving: allow('people:read')
    .input(personInput)
    .query(async ({ ctx, input }) => {
      const pending = await Promise.all(
        ctx.leaverDuties.map((duty) => duty.pending(ctx.db, input.userId)),
      )
      return {
        sessions: await countOpenSessions(ctx.db, input.userId, ctx.now()),
        pending: pending.flat(),
      }
    }),

  disable: allowStepUp('people:write')
    .input(personInput)
    .mutation(({ ctx, input }) => disablePerson(ctx, input.userId)),

  enable: allowStepUp('people:write')
    .input(personInput)
    .mutation(({ ctx, input }) => enablePerson(ctx, input.userId)),

  remove: allowStepUp('people:write')
    .input(personInput)
    .mutation(({ ctx, input }) => removePerson(ctx, input.userId)),

  /** Two accounts of one human count as one person, so that nobody approves what they asked for. */
  markSamePerson: allowStepUp('people:write')
    .input(samePersonInput)
    .mutation(({ ctx, input }) => tieAccounts(ctx, input)),

  resetFactors: allowStepUp('people:write')
    .input(personInput)
    .mutation(({ ctx, input }) => resetFactors(ctx, input.userId)),
})
