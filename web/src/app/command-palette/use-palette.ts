import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { signedInRoute } from '../signed-in-route.tsx'
import { meaningOf, type PaletteGroup } from './palette-groups.ts'
import { firstGroups, objectOption, offerGroups } from './palette-options.ts'
import type { PaletteDesk, PaletteKind, PaletteObject, PaletteRoom } from './palette-room.ts'
import { readRecent } from './recent.ts'
import { roomsFor } from './rooms-for.ts'
import { paletteRooms } from './rooms.ts'
import { spotOf } from './spot.ts'

const TYPING_PAUSE_MS = 120
/** Enter after the answer asks nothing again; whoever comes back for a payment on its way does. */
const FRESH_MS = 3_000

/** What stands in the field, and what that means. */
export interface Palette {
  readonly typed: string
  readonly groups: readonly PaletteGroup[]
  /** More is on its way, and stands below. */
  readonly isPending: boolean
  /** Everything that was asked about this very text is answered. */
  readonly isSettled: boolean
  readonly failed: Failure | null
  readonly type: (text: string) => void
  /** The groups once everything is answered, for whoever does not wait for them. */
  readonly settle: () => Promise<readonly PaletteGroup[]>
}

/** What could not be read, and why. */
export interface Failure {
  readonly headings: readonly string[]
  readonly error: unknown
  readonly retry: () => void
}

export function usePalette(ask: PaletteDesk['ask']): Palette {
  const { desk, rooms, spot, kept } = useStanding(ask)
  const queryClient = useQueryClient()
  const { typed, asked, type, askNow } = useTyped()
  const text = typed.trim()

  const findingOf = (about: string) => ({
    queryKey: ['palette', 'found', about],
    queryFn: () => foundBy(rooms, desk, about),
    // A failure is no answer to come back to.
    staleTime: ({ state }: Kept) => (hasFailed(state.data) ? 0 : FRESH_MS),
    structuralSharing: false,
  })
  const lists = useQuery({
    queryKey: ['palette', 'lists'],
    queryFn: () => listsOf(rooms, desk),
    staleTime: 0,
    structuralSharing: false,
  })
  const finds = useQuery({
    ...findingOf(asked),
    enabled: asked !== '',
    placeholderData: (previous) => (hasFailed(previous) ? undefined : previous),
  })

  const material = {
    offers: offerGroups({ desk, rooms, spot }),
    lists: groupsOf(lists.data, desk),
    found: groupsOf(finds.data, desk),
  }
  const isEmpty = text === ''
  const { groups, isPending } = isEmpty
    ? { groups: firstGroups({ desk, rooms, spot }, kept), isPending: false }
    : meaningOf(text, material)
  return {
    typed,
    type,
    groups,
    isPending,
    isSettled: isEmpty || (asked === text && !isPending && !finds.isPlaceholderData),
    failed: failureOf(
      [...(lists.data ?? []), ...(asked === text && !isEmpty ? (finds.data ?? []) : [])],
      () => {
        void lists.refetch()
        if (!isEmpty) void finds.refetch()
      },
    ),
    settle: async () => {
      askNow(text)
      const found = groupsOf(await queryClient.query(findingOf(text)), desk)
      return meaningOf(text, { ...material, found }).groups
    },
  }
}

/** Who asks, from where, and what they may. */
function useStanding(ask: PaletteDesk['ask']) {
  const { api, me, greeting } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const router = useRouter()
  const [kept] = useState(() => readRecent(me.userId))
  const desk = { api, queryClient, router, me, zone: greeting.businessDay.zone, ask }
  return { desk, rooms: roomsFor(paletteRooms, me), spot: spotOf(router), kept }
}

/** What is typed counts at once for what the browser knows; Desk is asked after a pause. */
function useTyped() {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const askNow = (text: string) => {
    clearTimeout(pause.current)
    setAsked(text)
  }
  const type = (text: string) => {
    setTyped(text)
    clearTimeout(pause.current)
    pause.current = setTimeout(() => setAsked(text.trim()), TYPING_PAUSE_MS)
  }
  return { typed, asked, type, askNow }
}

/** What was read of one kind; the error says why there is nothing. */
interface Reading {
  readonly kind: PaletteKind
  readonly objects: readonly PaletteObject[]
  readonly error: unknown
}

async function listsOf(rooms: readonly PaletteRoom[], desk: PaletteDesk) {
  const kinds = rooms.flatMap((room) => room.kinds ?? []).filter((kind) => 'list' in kind)
  return readEach(kinds, (kind) => kind.list(desk))
}

async function foundBy(rooms: readonly PaletteRoom[], desk: PaletteDesk, text: string) {
  const kinds = rooms.flatMap((room) => room.kinds ?? []).filter((kind) => 'find' in kind)
  return readEach(kinds, (kind) => kind.find(desk, text))
}

/** What one kind's failure keeps back, it keeps back alone. */
async function readEach<K extends PaletteKind>(
  kinds: readonly K[],
  read: (kind: K) => Promise<readonly PaletteObject[]>,
): Promise<readonly Reading[]> {
  const outcomes = await Promise.allSettled(kinds.map(read))
  return kinds.flatMap((kind, at) => {
    const outcome = outcomes[at]
    if (outcome === undefined) return []
    return outcome.status === 'fulfilled'
      ? [{ kind, objects: outcome.value, error: null }]
      : [{ kind, objects: [], error: outcome.reason }]
  })
}

function groupsOf(
  readings: readonly Reading[] | undefined,
  desk: PaletteDesk,
): readonly PaletteGroup[] | null {
  if (readings === undefined) return null
  return readings.map(({ kind, objects }) => ({
    heading: kind.heading,
    options: objects.map((one) => objectOption(kind, one, desk)),
  }))
}

interface Kept {
  readonly state: { readonly data: readonly Reading[] | undefined }
}

function hasFailed(readings: readonly Reading[] | undefined): boolean {
  return readings?.some(({ error }) => error !== null) ?? false
}

function failureOf(readings: readonly Reading[], retry: () => void): Failure | null {
  const failed = readings.filter(({ error }) => error !== null)
  const [first] = failed
  if (first === undefined) return null
  return { headings: failed.map(({ kind }) => kind.heading), error: first.error, retry }
}
