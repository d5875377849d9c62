import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { joinedChange, type ListLookChange, usualLook } from '@desk/shared/views/list-look'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { followKeptLook, keepLook, readKeptLook, withAnswer, withChange } from './kept-look.ts'

/** Dragging an edge changes it many times a second. */
const SAVED_AFTER_MS = 600

/**
 * How the signed-in person likes the list: a change is seen at once here and in their other tabs, and told to
 * Desk a moment later. Null until it is known, so that no column moves when it comes.
 */
export function useListLook() {
  const { api, me } = signedInRoute.useRouteContext()
  const { userId } = me
  const asked = useQuery(api.preferences.list.queryOptions())
  const { data: answer, dataUpdatedAt: answeredAt } = asked
  const kept = useSyncExternalStore(followKeptLook, () => readKeptLook(userId))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sendNow = useRef<() => void>(undefined)
  const { mutate } = useMutation(api.preferences.changeList.mutationOptions())

  // The browser's storage is the outside system: at the next visit the list looks like this from the start.
  useEffect(() => {
    const known = readKeptLook(userId)
    const now = answer && withAnswer(known, answer, answeredAt)
    if (now && now.at !== known?.at) keepLook(userId, now)
  }, [userId, answer, answeredAt])

  // The way out of the page is the outside system; what an earlier visit could not say is said now.
  useEffect(() => {
    const send = () => {
      clearTimeout(timer.current)
      const due = readKeptLook(userId)
      if (due === null || Object.keys(due.unsaved).length === 0) return
      keepLook(userId, { ...due, unsaved: {} })
      mutate(due.unsaved, {
        onSuccess: (look) => keepLook(userId, withAnswer(readKeptLook(userId), look, Date.now())),
        // Nothing is lost: it is said with the next change, or at the next visit.
        onError: () => {
          const now = readKeptLook(userId) ?? due
          keepLook(userId, { ...now, unsaved: joinedChange(due.unsaved, now.unsaved) })
        },
      })
    }
    sendNow.current = send
    send()
    window.addEventListener('pagehide', send)
    return () => {
      window.removeEventListener('pagehide', send)
      send()
    }
  }, [userId, mutate])

  const change = (changed: ListLookChange) => {
    const now = Date.now()
    const known = readKeptLook(userId) ?? { look: usualLook, unsaved: {}, at: now }
    keepLook(userId, withChange(known, changed, now))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => sendNow.current?.(), SAVED_AFTER_MS)
  }
  const shown = answer ? withAnswer(kept, answer, answeredAt) : kept
  // Without an answer the list is shown as it usually is.
  return { look: shown?.look ?? (asked.isError ? usualLook : null), change }
}
