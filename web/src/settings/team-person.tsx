import { useQuery } from '@tanstack/react-query'
import { teamBlock, type TeamPerson } from '@desk/shared/identity/team'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { History } from '../audit/history.tsx'
import { Badge, Flag } from '../ui/badge.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'
import { Facts, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { PersonActions } from './team-person-actions.tsx'
import { RolesEditor } from './team-roles-editor.tsx'
import { factorsText, stateWords } from './team-words.ts'

/** What a person may do here, how they get in, and what can be done about it. */
export function PersonDetail({ person, people }: PersonDetailProps) {
  const { me } = signedInRoute.useRouteContext()
  const writeBlock = usePermissionBlock('people:write')
  const own = people.find(({ userId }) => userId === me.userId)
  const block = writeBlock ?? teamBlock(person, own ?? { userId: me.userId, sameAs: null })
  const { tone, word } = stateWords[person.state]
  const isGone = person.state === 'removed'
  return (
    <article aria-label={person.name}>
      <header className="px-5 pt-4 pr-16 pb-4">
        <div className="flex min-h-8 flex-wrap items-center gap-2">
          <h2 className="max-w-full min-w-0 text-lg font-semibold wrap-anywhere">
            <bdi>{person.name}</bdi>
          </h2>
          <Badge tone={tone}>{word}</Badge>
          {person.userId === me.userId && <span className="text-xs text-faint">you</span>}
        </div>
        <p className="text-sm break-all text-muted">{person.email}</p>
        {block !== null && !isGone && (
          <div className="mt-3">
            <Notice tone="idle">{block}</Notice>
          </div>
        )}
        <PersonActions person={person} people={people} block={block} />
      </header>
      {!isGone && (
        <Section title="Roles">
          <RolesEditor key={person.roles.join()} person={person} block={block} />
        </Section>
      )}
      <Section title="How they get in">
        <Access person={person} />
      </Section>
      <History kind="person" id={person.userId} />
    </article>
  )
}

interface PersonDetailProps {
  readonly person: TeamPerson
  /** The whole team. */
  readonly people: readonly TeamPerson[]
}

function Access({ person }: { readonly person: TeamPerson }) {
  const { api } = signedInRoute.useRouteContext()
  const { userId, state } = person
  const leaving = useQuery({
    ...api.team.leaving.queryOptions({ userId }),
    enabled: state !== 'removed',
  })
  return (
    <Facts
      facts={[
        {
          name: 'Second factor',
          value: person.lacksFactor ? (
            <>
              <Flag tone="warn">Missing</Flag>
              <span className="mt-1 block text-xs text-muted">
                Their roles ask for one. Until they add it they can do nothing else.
              </span>
            </>
          ) : (
            (factorsText(person.factors) ?? 'None')
          ),
        },
        state === 'removed'
          ? null
          : {
              name: 'Open sessions',
              value: leaving.data ? (
                leaving.data.sessions || 'None'
              ) : leaving.isError ? (
                'could not be read'
              ) : (
                <Skeleton className="h-5 w-24" />
              ),
            },
        {
          name: 'Last seen',
          value: person.lastSeenAt === null ? 'Never' : <Moment at={person.lastSeenAt} />,
        },
        person.sameAs && {
          name: 'Same person as',
          value: (
            <>
              <bdi>{person.sameAs.name}</bdi>
              <span className="mt-1 block text-xs text-muted">
                The accounts count as one wherever several people must agree.
              </span>
            </>
          ),
        },
        { name: 'Joined', value: <Moment at={person.joinedAt} /> },
      ]}
    />
  )
}
