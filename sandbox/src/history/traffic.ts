import { randomUUID } from 'node:crypto'
import { openPayment } from '../payments/open-payment.ts'
import type { PayerOutcome } from '../payments/payment-record.ts'
import { mainMerchant } from '../registry/merchant.ts'
import { type Random, seededRandom } from '../state/random.ts'
import type { World } from '../world.ts'
import { basketCents, chooseTokenId, metadataFor, nextOrderId } from './shop-life.ts'

const PAUSE_MS_MIN = 20_000
const PAUSE_MS_MAX = 60_000
/** Live orders are numbered from here on, well after the history's. */
const FIRST_ORDER = 90_000

/** The demo's trickle: a payment every 20 to 60 seconds that lives its own life. Off unless the settings say so. */
export function createTraffic(world: World): void {
  if (!world.settings.traffic) return
  const random = seededRandom(randomUUID())
  const numbers = { order: FIRST_ORDER + random.below(9_000), invoice: 5_000 }

  // From the clock as it stands: a jump over days is not filled with customers.
  const again = () =>
    world.agenda.schedule(
      'traffic',
      'next',
      world.clock.wall() + world.clock.offsetMs() + random.between(PAUSE_MS_MIN, PAUSE_MS_MAX),
    )
  world.agenda.handle('traffic', () => {
    again()
    if (world.scenarios.stillTraffic()) return
    const now = world.clock.now()
    const outcome = chooseOutcome(random)
    openPayment(world, {
      merchantId: mainMerchant.id,
      type: 'payment',
      amountCents: basketCents(random),
      orderId: nextOrderId(random, numbers, now),
      redirectUrl: 'https://shop.example/thanks',
      customMetadata: metadataFor(random, 0),
      customerRefId: null,
      tokenId: chooseTokenId(random),
      // Nobody hurries to expire: an unpaid one simply runs out.
      plan: outcome === 'expire' ? null : { outcome, at: now + random.between(8_000, 120_000) },
    })
  })
  again()
}

/** Mostly well-behaved payers. */
function chooseOutcome(random: Random): PayerOutcome {
  const dice = random.fraction()
  if (dice < 0.86) return 'exact'
  if (dice < 0.94) return 'expire'
  return dice < 0.97 ? 'over' : 'under'
}
