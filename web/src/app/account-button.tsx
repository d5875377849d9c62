import { lazy, Suspense, useState } from 'react'
import { signedInRoute } from './signed-in-route.tsx'

const loadMenu = async () => ({ default: (await import('./account-menu.tsx')).AccountMenu })
const AccountMenu = lazy(loadMenu)

/** The menu's code comes when it is first wanted; until then the button alone stands here. */
export function AccountButton() {
  const { me } = signedInRoute.useRouteContext()
  const [isWanted, setWanted] = useState(false)
  const look = {
    type: 'button',
    'aria-haspopup': 'menu',
    className:
      'grid size-8 flex-none place-items-center rounded-full bg-sunken text-xs font-semibold text-muted hover:bg-hover hover:text-text',
    children: (
      <>
        {initials(me.name)}
        <span className="sr-only"> Account of {me.name}</span>
      </>
    ),
  } as const
  if (isWanted) {
    return (
      <Suspense fallback={<button {...look} />}>
        <AccountMenu trigger={<button {...look} />} />
      </Suspense>
    )
  }
  return (
    <button
      {...look}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => setWanted(true)}
    />
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const letters =
    words.length > 1 ? [words[0], words.at(-1)].map((word) => word?.[0]) : [name.slice(0, 2)]
  return letters.join('').toUpperCase()
}
