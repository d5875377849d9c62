import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import { noPaste, type Paste } from './read-paste.ts'

const key = 'desk.find-many'

const keptPaste = z.object({
  text: z.string(),
  fileName: z.nullable(z.string()),
  column: z.nullable(z.int()),
  hasHeading: z.nullable(z.boolean()),
})

/** What this tab looks up: a reload and the way back from a payment find it again. */
export function usePaste(): Paste {
  return useSyncExternalStore(subscribe, () => current)
}

export function keepPaste(paste: Paste): void {
  current = paste
  for (const listener of listeners) listener()
  try {
    sessionStorage.setItem(key, JSON.stringify(paste))
  } catch (error) {
    // Too much to be kept: it is looked up all the same, and a reload begins anew.
    if (!(error instanceof DOMException)) throw error
    sessionStorage.removeItem(key)
  }
}

let current = readKept()
const listeners = new Set<() => void>()

function readKept(): Paste {
  const read = keptPaste.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null'))
  return read.success ? read.data : noPaste
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A text that another screen hands over, instead of what was kept. */
export function keepPasted(text: string): void {
  keepPaste({ ...noPaste, text })
}
