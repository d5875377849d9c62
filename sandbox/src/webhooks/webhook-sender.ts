import { randomUUID } from 'node:crypto'
import type { FaultBoard } from '../control/fault-board.ts'
import type { Switches } from '../control/switches.ts'
import type { PaymentStore } from '../payments/payment-store.ts'
import type { SandboxSettings } from '../settings.ts'
import type { Agenda } from '../state/agenda.ts'
import type { SandboxClock } from '../state/clock.ts'
import type { Journal } from '../state/journal.ts'
import { seededRandom } from '../state/random.ts'
import type { WithdrawalStore } from '../withdrawals/withdrawal-store.ts'
import { createDeliveryQueue } from './delivery-queue.ts'
import { fullObject } from './full-object.ts'
import { judgeAttempt, type Verdict } from './judge-attempt.ts'
import { plainDraft, sealed } from './message.ts'
import { confirmedEvent, newEvent } from './new-event.ts'
import { createPostponedDeliveries, type Sight } from './postponed-deliveries.ts'
import { pauseAfter } from './retry-schedule.ts'
import { droppedAttempt, sendAttempt, type Sending } from './send-attempt.ts'
import type { Subject } from './snapshot.ts'
import { createWebhookStore, type WebhookStore } from './webhook-store.ts'
import {
  type AttemptRecord,
  type DeliveryRecord,
  type EndpointRecord,
  type EventRecord,
  type EventType,
  isAccepted,
} from './webhook-record.ts'

export interface WebhookSender {
  readonly store: WebhookStore
  /** Fixes the event's body now and sends it to every active endpoint of its merchant. */
  readonly emit: (type: EventType, subject: Subject, at: number) => void
  /** Sends a kept event again, to one endpoint or all that hear it, as fresh deliveries with the same event id; answers how many. */
  readonly resend: (event: EventRecord, to?: EndpointRecord) => number
  /** Sends an event once, out of the ordinary: no retries, and no fault strikes. Null when the sandbox was stopped meanwhile. */
  readonly sendOnce: (event: EventRecord, to: EndpointRecord) => Promise<AttemptRecord | null>
  /** Puts what waits, for one endpoint or any, back on the agenda. */
  readonly resume: (endpointId?: string) => void
  /** Gives up what waits for this endpoint. */
  readonly giveUp: (endpointId: string) => void
  /** From now on nothing goes out; what is due is collected. */
  readonly hold: () => void
  /** Sends what was collected in the order `arrange` puts the ids of deliveries. */
  readonly release: (arrange: (ids: readonly string[]) => readonly string[]) => void
  /** Requests on their way. */
  readonly inFlight: () => number
  readonly close: () => Promise<void>
}

interface Surroundings {
  readonly settings: SandboxSettings
  readonly switches: Switches
  readonly clock: SandboxClock
  readonly agenda: Agenda
  readonly journal: Journal
  readonly faults: FaultBoard
  readonly payments: PaymentStore
  readonly withdrawals: WithdrawalStore
}

/** Which event goes where on behalf of which delivery. */
interface Errand {
  readonly event: EventRecord
  readonly endpoint: EndpointRecord
  readonly delivery: DeliveryRecord
}

export function createWebhookSender(around: Surroundings): WebhookSender {
  const { settings, switches, clock, agenda, journal, faults } = around
  const store = createWebhookStore(journal)
  const stopping = new AbortController()
  const jitter = seededRandom('webhook jitter')
  const underWay = new Set<string>()
  const postponed = createPostponedDeliveries()

  const schedule = ({ id, state, dueAt }: DeliveryRecord) => {
    agenda.schedule('delivery', id, state === 'waiting' ? dueAt : null)
  }
  const plan = (delivery: DeliveryRecord) => {
    store.putDelivery(delivery)
    schedule(delivery)
  }
  const fullNow = (event: { readonly subjectId: string }) =>
    fullObject(around, event.subjectId, clock.now())

  const send = (event: EventRecord, endpoints: readonly EndpointRecord[]) => {
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

  const listeners = ({ merchantId }: EventRecord) =>
    store
      .endpoints()
      .filter((endpoint) => endpoint.status === 'ACTIVE' && endpoint.merchantId === merchantId)

  const work = async (id: string) => {
    const delivery = store.delivery(id)
    // It may have been queued twice, and was dealt with meanwhile.
    if (delivery?.state !== 'waiting' || delivery.dueAt > clock.now() || underWay.has(id)) return
    const event = store.event(delivery.eventId)
    const endpoint = store.endpoint(delivery.endpointId)
    if (!event || !endpoint) {
      plan({ ...delivery, state: 'failed' })
      return
    }
    // It stays as it is until the endpoint is active again.
    if (endpoint.status === 'INACTIVE') return
    underWay.add(id)
    try {
      await attempt({ event, endpoint, delivery })
    } finally {
      underWay.delete(id)
    }
  }
  const queue = createDeliveryQueue(work, stopping.signal)

  const attempt = async (errand: Errand) => {
    const { event, endpoint, delivery } = errand
    const begun = postponed.begin()
    const deliveryId = randomUUID()
    const { subjectId, orderId } = event
    const verdict = judgeAttempt(faults, {
      moment: {
        eventType: event.type,
        eventId: event.id,
        endpointId: endpoint.id,
        deliveryId,
        subjectId,
        orderId,
      },
      draft: plainDraft(event, endpoint.secret, clock.wall()),
      wasPostponed: postponed.take(delivery.id),
      isAwaited: postponed.heldFor(sightOf(errand), begun).length > 0,
      fullNow: () => fullNow(event),
    })
    if (verdict.kind === 'postponed') {
      postponed.add(delivery.id, { begun, heldFor: verdict.isHeld ? sightOf(errand) : null })
      plan({ ...delivery, dueAt: clock.now() + verdict.ms })
      return
    }
    if (verdict.isConfirmedToo) sendConfirmed(event, endpoint)
    const outcome = await tell(errand, verdict, deliveryId)
    if (outcome === null) return
    plan(afterwards(delivery, outcome))
    if (outcome !== 'dropped') letGo(errand, begun)
  }

  /** What came of it; null when the sandbox was stopped meanwhile, so that it is told again, or began afresh. */
  const tell = async (
    { event, endpoint, delivery }: Errand,
    verdict: Exclude<Verdict, { kind: 'postponed' }>,
    firstDeliveryId: string,
  ): Promise<'delivered' | 'failed' | 'dropped' | null> => {
    const sending: Sending = {
      event,
      endpoint,
      deliveryId: firstDeliveryId,
      number: delivery.attempts + 1,
      wall: clock.wall(),
      message: sealed(verdict.draft),
      faults: verdict.faults,
    }
    if (verdict.kind === 'dropped') {
      store.addAttempt(droppedAttempt(sending))
      return 'dropped'
    }
    let outcome: 'delivered' | 'failed' = 'failed'
    for (let copy = 1; copy <= verdict.copies; copy += 1) {
      const deliveryId = copy === 1 ? firstDeliveryId : randomUUID()
      const made = await sendAttempt({ ...sending, deliveryId }, stopping.signal)
      // After a fresh start there is nothing left to tell about.
      if (!made || !store.delivery(delivery.id)) return null
      store.addAttempt(made)
      if (isAccepted(made)) outcome = 'delivered'
    }
    return outcome
  }

  const afterwards = (
    delivery: DeliveryRecord,
    outcome: 'delivered' | 'failed' | 'dropped',
  ): DeliveryRecord => {
    const tried = { ...delivery, attempts: delivery.attempts + 1 }
    if (outcome !== 'failed') return { ...tried, state: outcome }
    const divisor = switches.get().retryDivisor
    const pause = pauseAfter(tried.attempts, { fraction: jitter.fraction(), divisor })
    const isOver = pause === null || store.endpoint(delivery.endpointId) === null
    return isOver ? { ...tried, state: 'failed' } : { ...tried, dueAt: clock.now() + pause }
  }

  /** What was held back for this one goes out behind it; what was under way before was not it. */
  const letGo = (errand: Errand, begun: number) => {
    for (const id of postponed.heldFor(sightOf(errand), begun)) {
      postponed.letGo(id)
      const other = store.delivery(id)
      if (other?.state === 'waiting') plan({ ...other, dueAt: clock.now() })
    }
  }

  const sendConfirmed = (event: EventRecord, endpoint: EndpointRecord) => {
    const extra = confirmedEvent(event)
    store.putEvent(extra)
    send(extra, [endpoint])
  }

  agenda.handle('delivery', (id) => {
    const delivery = store.delivery(id)
    if (delivery) queue.add(delivery.endpointId, id)
  })

  // Who makes time run faster wants to see what waits already.
  switches.watch(({ retryDivisor }, before) => {
    const now = clock.now()
    for (const delivery of store.waiting()) {
      const left = delivery.dueAt - now
      if (delivery.attempts === 0 || left <= 0 || postponed.has(delivery.id)) continue
      plan({ ...delivery, dueAt: now + Math.round((left * before.retryDivisor) / retryDivisor) })
    }
  })

  return {
    store,
    emit: (type, subject, at) => {
      const isFull = switches.get().payload === 'full'
      const full = isFull ? fullObject(around, subject.id, at) : null
      const event = newEvent(type, subject, { at, full, profile: settings.profile })
      store.putEvent(event)
      send(event, listeners(event))
    },
    resend: (event, to) => send(event, to ? [to] : listeners(event)),
    sendOnce: async (event, endpoint) => {
      store.putEvent(event)
      const wall = clock.wall()
      const message = sealed(plainDraft(event, endpoint.secret, wall))
      const sending = { event, endpoint, deliveryId: randomUUID(), number: 1, wall, message }
      const made = await sendAttempt({ ...sending, faults: [] }, stopping.signal)
      if (!made) return null
      store.addAttempt(made)
      store.putDelivery({
        id: randomUUID(),
        eventId: event.id,
        endpointId: endpoint.id,
        state: isAccepted(made) ? 'delivered' : 'failed',
        attempts: 1,
        dueAt: clock.now(),
      })
      return made
    },
    resume: (endpointId) => {
      for (const delivery of store.waiting()) {
        if (endpointId === undefined || delivery.endpointId === endpointId) schedule(delivery)
      }
    },
    giveUp: (endpointId) => {
      for (const delivery of store.waiting()) {
        if (delivery.endpointId === endpointId) plan({ ...delivery, state: 'failed' })
      }
    },
    hold: queue.hold,
    release: queue.release,
    inFlight: queue.inFlight,
    close: async () => {
      stopping.abort()
      await queue.ended()
    },
  }
}

function sightOf({ event, endpoint }: Errand): Sight {
  return { whom: `${endpoint.id} ${event.subjectId}`, at: event.createdAt }
}
