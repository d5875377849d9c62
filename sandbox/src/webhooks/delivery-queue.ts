/** At most so many at once to one endpoint, so that a silent receiver holds up nobody else. */
const IN_FLIGHT_MAX = 16

export interface DeliveryQueue {
  /** Takes a delivery that is due. */
  readonly add: (endpointId: string, deliveryId: string) => void
  /** From now on nothing is started. */
  readonly hold: () => void
  /** Starts what was held, in the order `arrange` puts it. */
  readonly release: (arrange: (ids: readonly string[]) => readonly string[]) => void
  readonly inFlight: () => number
  /** Waits for what was started; after `stop` nothing more is. */
  readonly ended: () => Promise<void>
}

interface Line {
  readonly ids: string[]
  running: number
}

/** Works off due deliveries in the order they came, each endpoint in a line of its own. */
export function createDeliveryQueue(
  work: (deliveryId: string) => Promise<void>,
  stop: AbortSignal,
): DeliveryQueue {
  const lines = new Map<string, Line>()
  const inFlight = new Set<Promise<void>>()
  let held: { endpointId: string; id: string }[] | null = null

  const pump = (line: Line) => {
    while (line.running < IN_FLIGHT_MAX && !stop.aborted) {
      const id = line.ids.shift()
      if (id === undefined) return
      line.running += 1
      const done = work(id).finally(() => {
        inFlight.delete(done)
        line.running -= 1
        pump(line)
      })
      inFlight.add(done)
    }
  }

  const add = (endpointId: string, id: string) => {
    if (held) {
      held.push({ endpointId, id })
      return
    }
    const line = lines.get(endpointId) ?? { ids: [], running: 0 }
    lines.set(endpointId, line)
    line.ids.push(id)
    pump(line)
  }

  return {
    add,
    hold: () => {
      held ??= []
    },
    release: (arrange) => {
      const endpointOf = new Map((held ?? []).map(({ endpointId, id }) => [id, endpointId]))
      held = null
      for (const id of arrange([...endpointOf.keys()])) {
        const endpointId = endpointOf.get(id)
        if (endpointId !== undefined) add(endpointId, id)
      }
    },
    inFlight: () => inFlight.size,
    ended: async () => {
      await Promise.all(inFlight)
    },
  }
}
