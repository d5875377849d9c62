import type { IncomingMessage } from 'node:http'

export interface BodyLimits {
  readonly bytesMax: number
  /** From the first byte to the last. */
  readonly msMax: number
  /** Requests that are read or worked on at once, and what their bodies take up together. */
  readonly requestsMax: number
  readonly heldBytesMax: number
}

/** Room for requests, so that overload is answered instead of kept in memory. */
export interface BodyRoom {
  /** Null where there is none left. What was read is held until `leave`. */
  readonly enter: () => BodyPlace | null
}

export interface BodyPlace {
  readonly read: (request: IncomingMessage) => Promise<ReadBody>
  readonly leave: () => void
}

export type ReadBody =
  | { readonly kind: 'whole'; readonly body: Buffer }
  | { readonly kind: 'too_large' | 'too_slow'; readonly bytes: number }
  /** No room for more, or the sender went away. */
  | { readonly kind: 'no_room' | 'gone' }

/** A sender that is told before it is through may never read the answer: so much is read and dropped. */
const droppedBytesMax = 16 * 1024 * 1024

export function createBodyRoom(limits: BodyLimits): BodyRoom {
  let requests = 0
  let heldBytes = 0
  return {
    enter: () => {
      if (requests >= limits.requestsMax) return null
      requests++
      let own = 0
      const hold = (bytes: number): boolean => {
        if (heldBytes + bytes > limits.heldBytesMax) return false
        heldBytes += bytes
        own += bytes
        return true
      }
      return {
        read: (request) => readBody(request, limits, hold),
        leave: () => {
          requests--
          heldBytes -= own
        },
      }
    },
  }
}

function readBody(
  request: IncomingMessage,
  { bytesMax, msMax }: BodyLimits,
  hold: (bytes: number) => boolean,
): Promise<ReadBody> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = []
    let bytes = 0
    const end = (read: ReadBody): void => {
      clearTimeout(timer)
      request.off('data', take).off('end', finish).off('close', lose).off('error', lose)
      chunks = []
      resolve(read)
    }
    const take = (chunk: Buffer): void => {
      bytes += chunk.length
      if (bytes > bytesMax) {
        chunks = []
        if (bytes > droppedBytesMax) end({ kind: 'too_large', bytes })
      } else if (hold(chunk.length)) chunks.push(chunk)
      else end({ kind: 'no_room' })
    }
    const finish = (): void => {
      if (bytes > bytesMax) end({ kind: 'too_large', bytes })
      else end({ kind: 'whole', body: Buffer.concat(chunks) })
    }
    const lose = (): void => end({ kind: 'gone' })
    const timer = setTimeout(() => end({ kind: 'too_slow', bytes }), msMax)
    request.on('data', take).on('end', finish).on('close', lose).on('error', lose)
  })
}
