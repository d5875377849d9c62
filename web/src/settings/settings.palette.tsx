import {
  Activity,
  Bell,
  CalendarClock,
  KeyRound,
  UserRound,
  UserRoundPlus,
  Users,
} from 'lucide-react'
import { lazy } from 'react'
import { roleText } from '@desk/shared/identity/roles'
import type { PaletteRoom } from '../app/command-palette/palette-room.ts'
import { stateWords } from './team-words.ts'

const InviteDialog = lazy(async () => ({
  default: (await import('./team-invite-dialog.tsx')).InviteDialog,
}))

/** The settings and the people in the command palette. */
export const settingsPalette: PaletteRoom = {
  places: [
    {
      name: 'Profile',
      words:
        'settings me account name password second factor authenticator passkey sessions devices',
      permission: 'profile:write',
      icon: UserRound,
      path: '/settings/profile',
      run: ({ router }) => router.navigate({ to: '/settings/profile' }),
    },
    {
      name: 'Team',
      words: 'settings people roles access invitations',
      permission: 'people:read',
      icon: Users,
      path: '/settings/team',
      firstFor: ['admin', 'auditor'],
      run: ({ router }) => router.navigate({ to: '/settings/team' }),
    },
    {
      name: 'Webhook settings',
      words: 'settings webhooks secrets rotate endpoint url test delivery retention',
      permission: 'webhook_settings:read',
      icon: KeyRound,
      path: '/settings/webhooks',
      run: ({ router }) => router.navigate({ to: '/settings/webhooks' }),
    },
    {
      name: 'Business day',
      words: 'settings zone time cut-off midnight day begins',
      permission: 'business_day:read',
      icon: CalendarClock,
      path: '/settings/business-day',
      run: ({ router }) => router.navigate({ to: '/settings/business-day' }),
    },
    {
      name: 'Notifications',
      words: 'settings alarms mail chat slack quiet hours test',
      permission: 'notifications:read',
      icon: Bell,
      path: '/settings/notifications',
      run: ({ router }) => router.navigate({ to: '/settings/notifications' }),
    },
    {
      name: 'System status',
      words: 'settings health lag queue sync upstream database disk version desks',
      permission: 'system:read',
      icon: Activity,
      path: '/settings/status',
      run: ({ router }) => router.navigate({ to: '/settings/status' }),
    },
  ],
  actions: [
    {
      name: 'Invite a person',
      words: 'add new team member colleague user',
      permission: 'people:write',
      icon: UserRoundPlus,
      firstFor: ['admin'],
      run: ({ ask }) => ask((onClose) => <InviteDialog onClose={onClose} />),
    },
  ],
  kinds: [
    {
      kind: 'person',
      heading: 'People',
      noun: 'Person',
      permission: 'people:read',
      icon: UserRound,
      list: async ({ api, queryClient }) => {
        const { people } = await queryClient.query(api.team.list.queryOptions())
        return people.map(({ userId, name, email, roles, state }) => ({
          id: userId,
          name,
          words: email,
          detail:
            state === 'active'
              ? roles.map((role) => roleText[role].label).join(', ')
              : stateWords[state].word,
        }))
      },
      open: ({ router }, id) => router.navigate({ to: '/settings/team', search: { person: id } }),
      at: ({ path, search }, { api, queryClient }) => {
        if (path !== '/settings/team') return null
        const team = queryClient.getQueryData(api.team.list.queryKey())
        const person = team?.people.find(({ userId }) => userId === search['person'])
        return person ? { id: person.userId, name: person.name } : null
      },
    },
  ],
}
