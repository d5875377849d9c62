import { randomUUID } from 'node:crypto'
import type { Door } from './door.ts'

const REMEMBERED_SECONDS = 180 * 24 * 3_600

/** The name this browser got when that person last signed in with it, or null for strangers. */
export function knownDevice(
  door: Pick<Door, 'deviceCookie'>,
  headers: Headers,
  userId: string | undefined,
): string | null {
  const shown = door.deviceCookie.read(headers)
  if (shown === null || shown === 'forged' || userId === undefined) return null
  const [device, owner] = shown.value.split('~')
  return device !== undefined && owner === userId ? device : null
}

/** The `Set-Cookie` line by which the browser is known next time. It opens nothing. */
export function rememberDevice(
  door: Pick<Door, 'deviceCookie'>,
  headers: Headers,
  userId: string,
): string {
  const device = knownDevice(door, headers, userId) ?? randomUUID()
  return door.deviceCookie.set(`${device}~${userId}`, REMEMBERED_SECONDS)
}
