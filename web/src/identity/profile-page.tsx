import { useSuspenseQuery } from '@tanstack/react-query'
import { roleText } from '@desk/shared/identity/roles'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { ProfileFactors } from './profile-factors.tsx'
import { ProfileName } from './profile-name.tsx'
import { ProfilePassword } from './profile-password.tsx'
import { ProfileSessions } from './profile-sessions.tsx'

/** One's own account: name, password, second factors, sessions. */
export function ProfilePage() {
  const { api, me } = signedInRoute.useRouteContext()
  const { data: profile } = useSuspenseQuery(api.profile.read.queryOptions())
  return (
    <div className="max-w-[840px]">
      <title>Profile · SpacePay Desk</title>
      <PageHeader
        title="Profile"
        state={`${profile.email} · ${me.roles.map((role) => roleText[role].label).join(', ')}`}
      />
      <ProfileName name={profile.name} />
      <ProfilePassword profile={profile} />
      <ProfileFactors profile={profile} />
      <ProfileSessions />
    </div>
  )
}
