import type { TeamPerson } from '@desk/shared/identity/team'
import { Drawer } from '../ui/drawer.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { PersonDetail } from './team-person.tsx'

/** The person that the address names, over the team. */
export function OpenPerson({ userId, people, onClose }: OpenPersonProps) {
  const person = people.find((one) => one.userId === userId)
  return (
    <Drawer open label={person ? person.name : 'Person'} onClose={onClose}>
      {person ? (
        <PersonDetail person={person} people={people} />
      ) : (
        <div className="p-5 pt-14">
          <ErrorPanel
            title="There is nobody like this in the team"
            cause="The address names a person that this Desk has never had."
            wayOut="Close this and choose somebody from the list."
          />
        </div>
      )}
    </Drawer>
  )
}

interface OpenPersonProps {
  /** As the address says it. */
  readonly userId: string
  readonly people: readonly TeamPerson[]
  readonly onClose: () => void
}
