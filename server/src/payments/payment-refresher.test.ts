import { describe, expect, test } from 'vitest'
import { syncSetup } from '../testing/sync-setup.ts'
import { createPaymentRefresher } from './payment-refresher.ts'
import { eventually } from '../testing/eventually.ts'

describe('asking SpacePay on behalf of people', () => {
  test('those who ask for one payment at the same moment share one call', async () => {
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5 })
    const { id } = await setup.makePayment('A')
    const refresher = createPaymentRefresher({ ...setup.dependencies, freshMs: 0 })
    const answers = await Promise.all([refresher.refresh(id), refresher.refresh(id)])
    expect(answers).toEqual([
      { outcome: 'read', changed: true },
      { outcome: 'read', changed: true },
    ])
    expect(setup.reads).toEqual([id])
    expect(await refresher.refresh(id)).toEqual({ outcome: 'read', changed: false })
    expect(setup.reads).toEqual([id, id])
  })

  test('what any Desk asked a moment ago is not read through again until it is stale', async () => {
    let now = new Date()
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5, now: () => now })
    const { id } = await setup.makePayment('A')
    const desks = [1, 2].map(() =>
      createPaymentRefresher({ ...setup.dependencies, freshMs: 15_000 }),
    )
    await desks[0]?.refresh(id)
    now = new Date(now.getTime() + 14_000)
    desks[1]?.readThrough(id)
    const other = await setup.makePayment('B')
    desks[1]?.readThrough(other.id)
    await eventually(() => expect(setup.reads).toContain(other.id))
    expect(setup.reads).toEqual([id, other.id])

    now = new Date(now.getTime() + 2_000)
    desks[1]?.readThrough(id)
    await eventually(() => expect(setup.reads).toEqual([id, other.id, id]))
    await desks[1]?.refresh(id)
  })
})
