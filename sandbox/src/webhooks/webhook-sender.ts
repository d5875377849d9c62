import { randomUUID } from 'node:crypto'
import type { FaultBoard, WebhookEffect } from '../control/fault-board.ts'
import type { SandboxSettings } from '../settings.ts'
import type { Agenda } from '../state/agenda.ts'
import type { SandboxClock } from '../state/clock.ts'
import type { Journal } from '../state/journal.ts'
import { seededRandom } from '../state/random.ts'
import { eventBody } from './event-body.ts'
import { sendAttempt } from './send-attempt.ts'
import { createWebhookStore, type WebhookStore } from './webhook-store.ts'
import type { DeliveryRecord, EndpointRecord, EventRecord } from './webhook-record.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Pause before each attempt; nothing is documented, so this is our conventional choice. */
const pausesMs = [
  0,
  10 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  24 * HOUR,
] as const
const JITTER = 0.1
const IN_FLIGHT_MAX = 16

export interface WebhookSender {
  readonly store: WebhookStore
  /** Fixes the event's body now and sends it to every active endpoint. */
  readonly emit: (type: EventRecord['type'], subject: Subject, at: number) => void
  /** Sends a kept event again, as fresh deliveries with the same event id; answers how many. */
  readonly resend: (event: EventRecord) => number
  /** Sends nothing from now on: what falls due waits. */
  readonly hold: () => void
  /** Sends all that was held back, in the order that `arrange` brings the delivery ids into. */
  readonly release: (arrange: (ids: readonly string[]) => readonly string[]) => void
  /** Puts what was waiting when the state was saved back on the agenda. */
  readonly resume: () => void
  readonly close: () => Promise<void>
}

interface Subject {
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

interface Surroundings {
  readonly settings: SandboxSettings
  readonly clock: SandboxClock
  readonly agenda: Agenda
  readonly journal: Journal
  readonly faults: FaultBoard
}

export function createWebhookSender(around: Surroundings): WebhookSender {
  const { settings, clock, agenda, journal, faults } = around
  const store = createWebhookStore(journal)
  const stopping = new AbortController()
  const inFlight = new Set<Promise<void>>()
  const queue: string[] = []
  let held: string[] | null = null
  const delayed = new Set<string>()
  const jitter = seededRandom('webhook jitter')

  const plan = (delivery: DeliveryRecord) => {
    store.putDelivery(delivery)
    agenda.schedule('delivery', delivery.id, delivery.state === 'waiting' ? delivery.dueAt : null)
  }

  const send = (event: EventRecord) => {
    const endpoints = store.endpoints().filter((endpoint) => endpoint.status === 'ACTIVE')
    for (const endpoint of endpoints) {
      plan({
        id: randomUUID(),
        eventId: event.id,
        endpointId: endpoint.id,
        state: 'waiting',
        attempts: 0,
        dueAt: clock.now(),
      })
    }
    return endpoints.length
  }

  const pump = () => {
    while (inFlight.size < IN_FLIGHT_MAX && !stopping.signal.aborted) {
      const id = queue.shift()
      if (id === undefined) return
      const work = attempt(id).finally(() => {
        inFlight.delete(work)
        pump()
      })
      inFlight.add(work)
    }
  }

  const attempt = async (id: string) => {
    const delivery = store.delivery(id)
    const event = delivery && store.event(delivery.eventId)
    const endpoint = delivery && store.endpoint(delivery.endpointId)
    if (!delivery || !event || !endpoint) return
    const fault = delayed.delete(id) ? null : faults.takeForWebhook(`${event.type} ${event.id}`)
    if (fault?.kind === 'delay') {
      delayed.add(id)
      plan({ ...delivery, dueAt: clock.now() + fault.ms })
      return
    }
    const isDelivered = await tell({ event, endpoint, delivery, fault })
    if (isDelivered === null) return
    plan(isDelivered ? { ...delivery, state: 'delivered' } : afterFailure(delivery))
  }

  /** Whether it was delivered; null when the sandbox was stopped meanwhile, so that it is told again. */
  const tell = async (telling: {
    readonly event: EventRecord
    readonly endpoint: EndpointRecord
    readonly delivery: DeliveryRecord
    readonly fault: Exclude<WebhookEffect, { kind: 'delay' }> | null
  }): Promise<boolean | null> => {
    const copies = telling.fault?.kind === 'duplicate' ? 2 : 1
    let isDelivered = false
    for (let copy = 0; copy < copies; copy += 1) {
      const made = await sendAttempt(telling, clock.wall(), stopping.signal)
      if (!made) return null
      store.addAttempt(made)
      isDelivered ||= made.fault === 'drop' || (made.status !== null && made.status < 300)
    }
    return isDelivered
  }

  const afterFailure = (delivery: DeliveryRecord): DeliveryRecord => {
    const attempts = delivery.attempts + 1
    const pause = pausesMs[attempts]
    if (pause === undefined) return { ...delivery, attempts, state: 'failed' }
    const spread = 1 + JITTER * (2 * jitter.fraction() - 1)
    const dueAt = clock.now() + Math.round((pause * spread) / settings.retryDivisor)
    return { ...delivery, attempts, dueAt }
  }

  agenda.handle('delivery', (id) => {
    if (held) {
      held.push(id)
      return
    }
    queue.push(id)
    pump()
  })

  return {
    store,
    emit: (type, subject, at) => {
      const event: EventRecord = {
        id: `evt_${randomUUID()}`,
        type,
        subjectId: subject.id,
        rawBody: eventBody(type, subject.data, { at, profile: settings.profile }),
        createdAt: at,
      }
      store.putEvent(event)
      send(event)
    },
    resend: send,
    hold: () => {
      held ??= []
    },
    release: (arrange) => {
      queue.push(...arrange(held ?? []))
      held = null
      pump()
    },
    resume: () => {
      for (const delivery of store.waiting()) plan(delivery)
    },
    close: async () => {
      stopping.abort()
      await Promise.all(inFlight)
    },
  }
}
