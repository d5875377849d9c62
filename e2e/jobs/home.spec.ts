import { AxeBuilder } from '@axe-core/playwright'
import { countClicks } from '../desk/count-clicks.ts'
import { expect, test } from '../desk/desk-test.ts'
import { createPayment, newOrderId, paymentWhereCustomer } from '../desk/sandbox.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

/** Finance opens Desk in the morning. */
test.describe('the morning look', () => {
  test('yesterday’s takings by token and network are on the first screen, without a click', async ({
    page,
  }) => {
    await page.goto('/')
    const clicks = await countClicks(page)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\w+day \d+ \w+$/)
    const tokens = page.getByRole('table', { name: 'By token' })
    await expect(tokens.getByRole('columnheader', { name: 'Yesterday' })).toBeVisible()
    await expect(tokens.getByRole('row').filter({ hasText: 'USDC' })).toContainText(/\$[\d,.]+/)
    await expect(page.getByRole('table', { name: 'By network' })).toContainText('Base')
    expect(await clicks(), 'clicks until yesterday’s takings').toBe(0)
  })

  test('what is completed now is counted within seconds', async ({ page }) => {
    await page.goto('/')
    const completed = page
      .getByRole('definition')
      .filter({ hasText: /^[\d,]+$/ })
      .first()
    await expect(completed).toBeVisible()
    const before = numberIn(await completed.textContent())
    await paymentWhereCustomer('exact')
    await expect
      .poll(async () => numberIn(await completed.textContent()), { timeout: 30_000 })
      .toBeGreaterThan(before)
  })

  test.describe('of finance', () => {
    test.use({ storageState: nobody })

    test('what is to arrive at the bank is named by business day, and leads to the day', async ({
      page,
    }) => {
      await page.goto('/')
      await continueAs(page, 'Finance')
      const awaited = page.getByRole('region', { name: 'Expected settlement' })
      await expect(awaited.getByRole('row', { name: /^Together/ })).toContainText(/\$[\d,.]+/)
      await awaited.getByRole('row').nth(1).getByRole('link').click()
      await expect(page).toHaveURL(/\/settlements\?.*day=/)
    })
  })

  test('what waits leads to its part of the queue', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Overpaid' }).click()
    await expect(page).toHaveURL('/attention?kind=overpaid')
  })

  test('the chart has the same figures as a table', async ({ page }) => {
    await createPayment({ orderId: newOrderId() })
    await page.goto('/')
    await page.getByRole('button', { name: 'View as table' }).click()
    const table = page.getByRole('table', { name: 'Settled volume, 90 days' })
    await expect(table.getByRole('row')).toHaveCount(91)
    await expect(table.getByRole('row').nth(1)).toContainText('Today')
  })

  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      test(`is accessible in ${theme} at ${width} px`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: theme })
        await page.setViewportSize({ width, height: 900 })
        await page.goto('/')
        await expect(page.getByRole('table', { name: 'By network' })).toBeVisible()
        await expect(page.locator('.recharts-surface').first()).toBeVisible()
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations).toEqual([])
        const isTooWide = await page.evaluate(
          () => document.documentElement.scrollWidth > window.innerWidth,
        )
        expect(isTooWide).toBe(false)
      })
    }
  }
})

function numberIn(text: string | null): number {
  return Number((text ?? '').replaceAll(/\D/g, ''))
}
