import { type Permission, permissionBlock } from '@desk/shared/identity/permissions'
import { signedInRoute } from './signed-in-route.tsx'

/** Why the signed-in person may not do this, in words for them, or null if they may. */
export function usePermissionBlock(permission: Permission): string | null {
  const { me } = signedInRoute.useRouteContext()
  return permissionBlock(
    { permissions: new Set(me.permissions), mustEnrol: me.mustEnrol },
    permission,
  )
}
