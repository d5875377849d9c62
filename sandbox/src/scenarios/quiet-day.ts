import type { Script } from './script.ts'
import { choose, MINUTE_MS, order, pause, SECOND_MS } from './shop-customer.ts'

/** A few payments an hour that end as payments should. */
export const quietDay: Script = {
  title: 'Quiet day',
  description:
    'Three or four customers an hour. Nearly all of them pay what they owe; one now and then changes their mind.',
  notice:
    'Little happens, and that is all: the payment list stands still for a quarter of an hour at a time. The age of the last webhook grows meanwhile, but the API is read every minute and answers. An expired payment here and there is ordinary.',
  respond:
    'Nothing. Learn what healthy silence looks like: no webhooks while the API answers and has nothing new. When both grow old together, it is no quiet day.',
  minutes: 480,
  minutesMax: 1_440,
  stillsTraffic: true,
  begin: (stage) => {
    const { random } = stage
    let orders = 0
    let isFirst = true
    return {
      memory: {},
      act: (at) => {
        if (isFirst) {
          isFirst = false
          return at + pause(stage, MINUTE_MS, 4 * MINUTE_MS)
        }
        orders += 1
        order(stage, {
          orderId: `ORDER-${random.between(80_000, 89_999)}`,
          outcome: choose(
            stage,
            [
              ['exact', 88],
              ['expire', 12],
            ],
            'exact',
          ),
          payAfterMs: random.between(20 * SECOND_MS, 4 * MINUTE_MS),
        })
        return at + pause(stage, 10 * MINUTE_MS, 24 * MINUTE_MS)
      },
      end: () => undefined,
      tally: () => ({ orders }),
    }
  },
}
