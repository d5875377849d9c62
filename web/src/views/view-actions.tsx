import { EllipsisVertical } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { type SavedView, viewBlock } from '@desk/shared/views/saved-view'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { type OpenView, useShowView } from './use-open-view.ts'
import { useUpdateView } from './use-update-view.ts'

const loadMenu = async () => ({ default: (await import('./view-menu.tsx')).ViewMenu })
const ViewMenu = lazy(loadMenu)

/** What can be done with the view that is open. The menu's code comes when it is first wanted. */
export function ViewActions({ open, view }: ViewActionsProps) {
  const [isWanted, setWanted] = useState(false)
  const { me } = signedInRoute.useRouteContext()
  const show = useShowView()
  const { update, isPending } = useUpdateView(open, view)
  const block = viewBlock(view, me)
  const changes = open.isChanged && (
    <span className="flex items-center gap-1 pr-1 max-md:hidden">
      <Button variant="ghost" className="h-7!" onClick={() => void show(view)}>
        Reset
      </Button>
      {block === null && (
        <Button className="h-7!" pending={isPending} onClick={update}>
          Save changes
        </Button>
      )}
    </span>
  )
  const button = (
    <IconButton label={`Actions for the view ${view.name}`} aria-haspopup="menu">
      <EllipsisVertical aria-hidden className="size-4" />
    </IconButton>
  )
  if (isWanted) {
    return (
      <>
        {changes}
        <Suspense fallback={button}>
          <ViewMenu open={open} view={view} trigger={button} />
        </Suspense>
      </>
    )
  }
  return (
    <>
      {changes}
      <IconButton
        label={`Actions for the view ${view.name}`}
        aria-haspopup="menu"
        onPointerEnter={() => void loadMenu()}
        onFocus={() => void loadMenu()}
        onClick={() => setWanted(true)}
      >
        <EllipsisVertical aria-hidden className="size-4" />
      </IconButton>
    </>
  )
}

interface ViewActionsProps {
  readonly open: OpenView
  readonly view: SavedView
}
