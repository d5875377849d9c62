import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { createPayment, newOrderId } from '../desk/sandbox.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

test.use({ storageState: nobody })

/** An admin has days begin when the shop opens, and everything counts by it. */
test.describe('the business day', () => {
  // Everybody counts by it, so it ends as it began.
  test('an admin has days begin later: Home, the list and the audit log say so', async ({
    page,
  }) => {
    await createPayment({ orderId: newOrderId() })
    await page.goto('/')
    await continueAs(page, 'Admin')
    await page.goto('/settings/business-day')
    await expect(page.getByRole('heading', { name: /^Days begin at 00:00 in/ })).toBeVisible()
    // Until a minute before midnight it is still the day before.
    const later = '23:59'
    const today = dayIn('Europe/London', Date.now() - DAY_MS)
    await page.getByLabel('Days begin at').fill(later)
    await expect(page.getByRole('table')).toHaveCount(2)
    await expect(page.getByRole('columnheader', { name: 'Then, London' })).toBeVisible()
    await page.getByRole('button', { name: 'Change business days' }).click()
    await expect(
      page.getByRole('heading', { name: `Days begin at ${later} in London` }),
    ).toBeVisible({
      timeout: 60_000,
    })
    await expectAccessible(page)

    await page.goto('/')
    await expect(page.getByText(`Business day from ${later} London`)).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(longDay(today))
    const made = page.getByText(/^\d[\d,]* payments?/).first()
    await page.goto('/payments?created=today')
    await expect(made).toBeVisible()
    const counted = await madeCount(made)
    await page.goto(`/payments?from=${today}&to=${today}`)
    await expect.poll(() => madeCount(made)).toBe(counted)

    await page.goto('/audit')
    await expect(
      page.getByText(`Admin set business days to begin at ${later} in London`).first(),
    ).toBeVisible()

    await page.goto('/settings/business-day')
    await page.getByLabel('Days begin at').fill('00:00')
    await page.getByRole('button', { name: 'Change business days' }).click()
    await expect(page.getByRole('heading', { name: 'Days begin at 00:00 in London' })).toBeVisible({
      timeout: 60_000,
    })
  })

  test('whoever reads times elsewhere changes labels alone', async ({ page }) => {
    await page.goto('/')
    await continueAs(page, 'Finance')
    const heading = page.getByRole('heading', { level: 1 })
    await expect(heading).toHaveText(/^\w+day \d+ \w+$/)
    const day = await heading.textContent()
    await page.getByRole('button', { name: /^Zone of times/ }).click()
    await page.getByRole('combobox', { name: 'Zone' }).fill('Asia/Kathmandu')
    await page.getByRole('button', { name: 'Show times so' }).click()
    await expect(page.getByRole('button', { name: /^Zone of times: Kathmandu/ })).toBeVisible()
    await expect(heading).toHaveText(day ?? '')
    await page.reload()
    await page.getByRole('button', { name: /^Zone of times: Kathmandu/ }).click()
    await page.getByRole('button', { name: 'Business zone' }).click()
    await expect(page.getByRole('button', { name: /^Zone of times: London/ })).toBeVisible()
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`is accessible in ${theme} at 390 px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme })
      await page.goto('/')
      await continueAs(page, 'Admin')
      await page.setViewportSize({ width: 390, height: 844 })
      await page.goto('/settings/business-day')
      await page.getByRole('combobox', { name: 'Zone' }).fill('Asia/Kathmandu')
      await expect(page.getByRole('columnheader', { name: 'Then, Kathmandu' })).toBeVisible()
      await expectAccessible(page)
    })
  }
})

/** `9 payments · $400.86 · updated 2 s ago` → `9 payments`. */
async function madeCount(line: Locator): Promise<string> {
  return (await line.textContent())?.split(' · ')[0] ?? ''
}

const DAY_MS = 86_400_000

function dayIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
}

function longDay(day: string): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat('en-GB', parts).format(Date.parse(day)).replace(',', '')
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > window.innerWidth,
  )
  expect(isTooWide).toBe(false)
}
