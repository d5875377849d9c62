import { type ReactElement, useState } from 'react'
import { type SavedView, viewBlock } from '@desk/shared/views/saved-view'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { DeleteViewDialog } from './delete-view-dialog.tsx'
import { RenameViewDialog } from './rename-view-dialog.tsx'
import { SaveViewDialog } from './save-view-dialog.tsx'
import { ShareViewDialog } from './share-view-dialog.tsx'
import { type OpenView, useShowView } from './use-open-view.ts'
import { useUpdateView } from './use-update-view.ts'

/** What can be done with the view that is open. Opens at once: it is mounted by the click that wants it. */
export function ViewMenu({ open, view, trigger }: ViewMenuProps) {
  const { me } = signedInRoute.useRouteContext()
  const show = useShowView()
  const [asked, setAsked] = useState<'save' | 'rename' | 'share' | 'delete' | null>(null)
  const block = viewBlock(view, { userId: me.userId, roles: me.roles })
  const close = () => setAsked(null)
  const { update } = useUpdateView(open, view)
  return (
    <>
      <Menu trigger={trigger} defaultOpen>
        {open.isChanged && (
          <>
            <MenuItem disabled={block !== null} onClick={update}>
              Save changes to this view
            </MenuItem>
            <MenuItem onClick={() => void show(view)}>Reset to what was saved</MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem onClick={() => setAsked('save')}>Save as a new view…</MenuItem>
        <MenuSeparator />
        <MenuItem disabled={block !== null} onClick={() => setAsked('rename')}>
          Rename…
        </MenuItem>
        <MenuItem disabled={block !== null} onClick={() => setAsked('share')}>
          Share…
        </MenuItem>
        <MenuItem disabled={block !== null} onClick={() => setAsked('delete')}>
          Delete…
        </MenuItem>
        {block !== null && <p className="max-w-60 px-2 py-1.5 text-xs text-muted">{block}</p>}
      </Menu>
      {asked === 'save' && <SaveViewDialog open={open} onClose={close} />}
      {asked === 'rename' && <RenameViewDialog view={view} onClose={close} />}
      {asked === 'share' && <ShareViewDialog view={view} onClose={close} />}
      {asked === 'delete' && <DeleteViewDialog view={view} onClose={close} />}
    </>
  )
}

interface ViewMenuProps {
  readonly open: OpenView
  readonly view: SavedView
  readonly trigger: ReactElement
}
