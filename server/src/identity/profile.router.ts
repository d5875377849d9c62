import {
  addPasskeyInput,
  changeNameInput,
  changePasswordInput,
  changeViewZoneInput,
  confirmAuthenticatorInput,
  endSessionInput,
  removePasskeyInput,
} from '@desk/shared/identity/profile'
import { allow, allowStepUp, router } from '../kernel/trpc.ts'
import {
  changeName,
  changePassword,
  changeViewZone,
  renewRecoveryCodes,
} from './profile-account.ts'
import {
  confirmAuthenticator,
  removeAuthenticator,
  startAuthenticator,
} from './profile-authenticator.ts'
import { addPasskey, passkeyOptions, removePasskey } from './profile-passkeys.ts'
import { readProfile } from './profile-read.ts'
import { endOtherSessions, endSession, listSessions } from './profile-sessions.ts'

/** One's own account: nobody can reach another's through it. */
export const profileRouter = router({
  read: allow('profile:write').query(({ ctx }) => readProfile(ctx)),

  startAuthenticator: allowStepUp('profile:write').mutation(({ ctx }) => startAuthenticator(ctx)),
  confirmAuthenticator: allowStepUp('profile:write')
    .input(confirmAuthenticatorInput)
    .mutation(({ ctx, input }) => confirmAuthenticator(ctx, input.code)),
  removeAuthenticator: allowStepUp('profile:write').mutation(({ ctx }) => removeAuthenticator(ctx)),

  passkeyOptions: allowStepUp('profile:write').mutation(({ ctx }) => passkeyOptions(ctx)),
  addPasskey: allowStepUp('profile:write')
    .input(addPasskeyInput)
    .mutation(({ ctx, input }) => addPasskey(ctx, input)),
  removePasskey: allowStepUp('profile:write')
    .input(removePasskeyInput)
    .mutation(({ ctx, input }) => removePasskey(ctx, input.id)),

  makeRecoveryCodes: allowStepUp('profile:write').mutation(({ ctx }) => renewRecoveryCodes(ctx)),

  changeName: allow('profile:write')
    .input(changeNameInput)
    .mutation(({ ctx, input }) => changeName(ctx, input.name)),
  changeViewZone: allow('profile:write')
    .input(changeViewZoneInput)
    .mutation(({ ctx, input }) => changeViewZone(ctx, input.zone)),
  changePassword: allow('profile:write')
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),

  sessions: allow('profile:write').query(({ ctx }) => listSessions(ctx)),
  endSession: allow('profile:write')
    .input(endSessionInput)
    .mutation(({ ctx, input }) => endSession(ctx, input.id)),
  endOtherSessions: allow('profile:write').mutation(({ ctx }) => endOtherSessions(ctx)),
})
