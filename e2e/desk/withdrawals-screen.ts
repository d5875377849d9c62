import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'
import { sandboxUrl } from './sandbox.ts'

/** Finance's form for a withdrawal to the first destination that can be paid; resolves to its path. */
export async function askForWithdrawal(
  page: Page,
  asked: { readonly amount: string; readonly reason: string },
): Promise<string> {
  await page.goto('/withdrawals/new')
  await page.getByLabel('Amount in US dollars').fill(asked.amount)
  const destination = page.getByLabel('Destination')
  const saved = destination.locator('option').filter({ hasText: ' · ' }).filter({ hasNotText: '(' })
  await expect(saved.first()).toBeAttached()
  await destination.selectOption({ label: (await saved.first().textContent()) ?? '' })
  await page.getByLabel('Reason').fill(asked.reason)
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('button', { name: 'Ask for approval' }).click()
  await expect(withdrawalOn(page)).toContainText('Pending approval')
  return new URL(page.url()).pathname
}

export function withdrawalOn(page: Page): Locator {
  return page.getByRole('article', { name: /^Withdrawal W-\d+$/ })
}

/** Has SpacePay's next call that creates a withdrawal go wrong. */
export async function nextWithdrawalGoesWrong(fault: object): Promise<void> {
  const put = await fetch(`${sandboxUrl}/__sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ on: 'withdrawals.create', next: 1, ...fault }),
  })
  expect(put.status).toBe(201)
}

/** By axe, in both themes, on a desk and on a phone, where nothing is wider than the screen either. */
export async function expectGoodToLookAt(page: Page): Promise<void> {
  const before = page.viewportSize()
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations, `${colorScheme} at ${width} px`).toEqual([])
    }
    const isTooWide = await page.evaluate(
      () => document.documentElement.scrollWidth > window.innerWidth,
    )
    expect(isTooWide, `wider than ${width} px`).toBe(false)
  }
  if (before !== null) await page.setViewportSize(before)
  await page.emulateMedia({ colorScheme: null })
}
