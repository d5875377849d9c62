/** Who hears of what, and when that happened. Only the same heard of something later lets go of what is held. */
export interface Sight {
  readonly whom: string
  readonly at: number
}

export interface PostponedDeliveries {
  /** Counts an attempt that begins; later ones have higher numbers. */
  readonly begin: () => number
  /** A held one waits for another webhook; any other only for its time. */
  readonly add: (
    deliveryId: string,
    since: { readonly begun: number; readonly heldFor: Sight | null },
  ) => void
  readonly has: (deliveryId: string) => boolean
  /** Takes it off; answers whether it was there. */
  readonly take: (deliveryId: string) => boolean
  /** Those that were held for such a one before this attempt began. */
  readonly heldFor: (sight: Sight, begun: number) => readonly string[]
  /** It waits for nothing but its time from now on. */
  readonly letGo: (deliveryId: string) => void
}

/** Deliveries that faults put off. They are not kept: after a restart they go out when their time comes. */
export function createPostponedDeliveries(): PostponedDeliveries {
  const postponed = new Set<string>()
  const held = new Map<string, { readonly begun: number; readonly heldFor: Sight }>()
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
    heldFor: ({ whom, at }, begun) =>
      [...held].flatMap(([id, since]) => {
        const { heldFor } = since
        return heldFor.whom === whom && heldFor.at <= at && since.begun < begun ? [id] : []
      }),
    letGo: (id) => {
      held.delete(id)
    },
  }
}
