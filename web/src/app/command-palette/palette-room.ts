import type { QueryClient } from '@tanstack/react-query'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Permission } from '@desk/shared/identity/permissions'
import type { Role } from '@desk/shared/identity/roles'
import type { Me } from '@desk/shared/identity/session'
import type { Api } from '../api.ts'
import type { DeskRouter } from '../router.tsx'

/**
 * What one room adds to the command palette. What the person's roles do not allow is never offered, so
 * everything in here names its permission.
 */
export interface PaletteRoom {
  readonly places?: readonly PalettePlace[]
  readonly actions?: readonly PaletteAction[]
  /** What can be done with the one thing that the address names, such as the payment that is open. */
  readonly current?: PaletteCurrent
  readonly kinds?: readonly PaletteKind[]
}

interface Offer {
  readonly name: string
  /** Further words that people may type for it. */
  readonly words: string
  readonly permission: Permission
  readonly icon: LucideIcon
  /** Who finds it there before anything is typed. */
  readonly firstFor?: readonly Role[]
}

export interface PaletteAction extends Offer {
  /** False while it would change nothing. */
  readonly isOffered?: (desk: PaletteDesk) => boolean
  readonly run: (desk: PaletteDesk) => void | Promise<void>
}

export interface PalettePlace extends PaletteAction {
  /** A screen's own, by which it is known again among what was looked at lately. */
  readonly path?: string
}

interface PaletteCurrent {
  /** Such as `This payment`. */
  readonly heading: string
  /** The id of what the screen shows; null where it shows none. */
  readonly idAt: (spot: PaletteSpot) => string | null
  readonly actions: readonly PaletteCurrentAction[]
}

interface PaletteCurrentAction extends Offer {
  readonly isOffered?: (desk: PaletteDesk, id: string) => boolean
  readonly run: (desk: PaletteDesk, id: string) => void | Promise<void>
}

/** Things of one kind. A list is short, read once and ranked here; what is found, Desk looks for in each text. */
export type PaletteKind = PaletteListed | PaletteFound

interface Kind {
  /** Such as `payment`; what was looked at lately is kept under it. */
  readonly kind: string
  readonly heading: string
  /** One of them, such as `Saved view`. */
  readonly noun: string
  readonly permission: Permission
  readonly icon: LucideIcon
  readonly open: (desk: PaletteDesk, id: string) => void | Promise<void>
  /** The one that the screen shows, once its name is known. */
  readonly at?: (
    spot: PaletteSpot,
    desk: Pick<PaletteDesk, 'api' | 'queryClient'>,
  ) => Pick<PaletteObject, 'id' | 'name'> | null
}

interface PaletteListed extends Kind {
  readonly list: (desk: PaletteDesk) => Promise<readonly PaletteObject[]>
}

interface PaletteFound extends Kind {
  readonly find: (desk: PaletteDesk, text: string) => Promise<readonly PaletteObject[]>
}

export interface PaletteObject {
  readonly id: string
  readonly name: string
  /** Further words that people may type for it. */
  readonly words?: string
  /** Said in small beside the name. */
  readonly detail?: string
  /** The text is this thing's own id, not a part of it: Enter opens it at once. */
  readonly isExact?: boolean
  /** In place of name and detail. */
  readonly row?: ReactNode
}

/** Where the person is: the route's path with its parameters, and what stands behind the `?`. */
export interface PaletteSpot {
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
  readonly search: Readonly<Record<string, unknown>>
}

/** What an action can reach. */
export interface PaletteDesk {
  readonly api: Api
  readonly queryClient: QueryClient
  readonly router: DeskRouter
  readonly me: Me
  /** The zone that business days are counted in. */
  readonly zone: string
  /** Shows a dialog once the palette is gone; to be called before the action waits for anything. */
  readonly ask: (dialog: (onClose: () => void) => ReactNode) => void
}
