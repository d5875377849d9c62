import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'

/** Days that are over, so that no number moves while it is compared. */
const range = { from: dayBefore(70), to: dayBefore(10) }
const asked = `/insights?from=${range.from}&to=${range.to}`

/** Finance asks why conversion fell. */
test.describe('insights', () => {
  test('the payments behind a stage are exactly those that it counts', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Insights' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Insights' })).toBeVisible()
    const conversion = chart(page, 'Conversion')
    await expect(conversion).toContainText('of created payments were completed')

    await page.goto(asked)
    await expect(conversion).toContainText('of created payments were completed')
    await conversion.getByRole('button', { name: 'View as table' }).click()
    const seen = conversion.getByRole('row').filter({ hasText: 'Seen on chain' })
    const counted = numberIn(await seen.getByRole('cell').first().textContent())
    await seen.getByRole('link').click()
    await expect(page).toHaveURL(/\/payments\?.*reached/)
    await expect(page.locator('header p').first()).toContainText(`${counted} payment`)

    // And back to where the question was.
    await page.goBack()
    await expect(page).toHaveURL(asked)
  })

  test('a bar and an hour of the week lead to their payments', async ({ page }) => {
    await page.goto(asked)
    const bars = chart(page, 'Order size').locator('.recharts-bar-rectangle path')
    await bars.first().click()
    await expect(page).toHaveURL(/\/payments\?.*max=/)
    await page.goBack()
    const hour = chart(page, 'Hours of the week').locator('svg a').first()
    const counted = /: ([\d,]+) payments/.exec((await hour.getAttribute('aria-label')) ?? '')?.[1]
    await hour.click()
    await expect(page.locator('header p').first()).toContainText(`${counted} payment`)
  })

  test('a token asked for as in the list changes every chart, and the file is what is shown', async ({
    page,
  }) => {
    await page.goto(asked)
    const conversion = chart(page, 'Conversion')
    await expect(conversion).toContainText('were completed')
    await page
      .getByRole('textbox', { name: 'Search payments whose charts are shown' })
      .fill('token:USDC')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/token=USDC/)
    const tokens = chart(page, 'Slippage by token')
    await tokens.getByRole('button', { name: 'View as table' }).click()
    await expect(tokens.getByRole('row')).toHaveCount(2)

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download “Conversion” as CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe(`conversion-${range.from}-to-${range.to}.csv`)
    await conversion.getByRole('button', { name: 'View as table' }).click()
    const created = conversion
      .getByRole('row')
      .filter({ hasText: 'Created' })
      .getByRole('cell')
      .first()
    const line = (await readFile(await file.path(), 'utf8')).split('\r\n')[1] ?? ''
    expect(line.split(',')[1]).toBe(String(numberIn(await created.textContent())))

    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download “Order size” as PNG' }).click(),
    ])
    expect((await readFile(await picture.path())).subarray(1, 4).toString()).toBe('PNG')
  })

  test('days without payments say what to do next, and what is mistyped is said', async ({
    page,
  }) => {
    await page.goto('/insights?from=2012-01-01&to=2012-01-31')
    await expect(page.getByRole('heading', { name: 'No payments in these days' })).toBeVisible()
    await page.getByRole('button', { name: 'Show the last 30 days' }).click()
    await expect(chart(page, 'Conversion')).toContainText('were completed')
    await page
      .getByRole('textbox', { name: 'Search payments whose charts are shown' })
      .fill('hour:noon')
    await page.keyboard.press('Enter')
    await expect(page.getByText('hour: takes an hour such as 14').first()).toBeVisible()
  })

  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      test(`is accessible in ${theme} at ${width} px`, async ({ page }) => {
        // Eight drawings are looked at element by element.
        test.slow()
        await page.emulateMedia({ colorScheme: theme })
        await page.setViewportSize({ width, height: 900 })
        await page.goto('/insights')
        await expect(page.locator('.recharts-surface').first()).toBeVisible()
        await chart(page, 'Time to confirm').getByRole('button', { name: 'View as table' }).click()
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

function chart(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true })
}

function numberIn(text: string | null): number {
  return Number((text ?? '').replaceAll(/\D/g, ''))
}

function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}
