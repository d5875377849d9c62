export interface PostponedDeliveries {
  /** Counts an attempt that begins; later ones have higher numbers. */
  readonly begin: () => number
  /** A held one waits for another webhook to the same about the same; any other only for its time. */
  readonly add: (
    deliveryId: string,
    since: { readonly begun: number; readonly heldFor: string | null },
  ) => void
  readonly has: (deliveryId: string) => boolean
  /** Takes it off; answers whether it was there. */
  readonly take: (deliveryId: string) => boolean
  /** Those that were held for such a one before this attempt began. */
  readonly heldFor: (whom: string, begun: number) => readonly string[]
  /** It waits for nothing but its time from now on. */
  readonly letGo: (deliveryId: string) => void
}

/** Deliveries that faults put off. They are not kept: after a restart they go out when their time comes. */
export function createPostponedDeliveries(): PostponedDeliveries {
  const postponed = new Set<string>()
  const held = new Map<string, { readonly begun: number; readonly heldFor: string }>()
  let attempts = 0
  return {
    begin: () => {
      attempts += 1
      return attempts
    },
    add: (id, { begun, heldFor }) => {
      postponed.add(id)
      if (heldFor !== null) held.set(id, { begun, heldFor })
    },
    has: (id) => postponed.has(id),
    take: (id) => {
      held.delete(id)
      return postponed.delete(id)
    },
    heldFor: (whom, begun) =>
      [...held].flatMap(([id, since]) =>
        since.heldFor === whom && since.begun < begun ? [id] : [],
      ),
    letGo: (id) => {
      held.delete(id)
    },
  }
}
