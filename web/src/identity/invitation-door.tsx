import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { FrontDoor } from './front-door.tsx'

const route = getRouteApi('/invitation')

/** The page of an invitation, however far one is with it. */
export function InvitationDoor({
  title = 'Invitation',
  children,
}: {
  readonly title?: string
  readonly children: ReactNode
}) {
  const { environment } = route.useLoaderData()
  return (
    <FrontDoor title={title} environment={environment}>
      {children}
    </FrontDoor>
  )
}
