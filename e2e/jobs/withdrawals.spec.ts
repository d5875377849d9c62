import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { countClicks } from '../desk/count-clicks.ts'
import { expect, test } from '../desk/desk-test.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

test.use({ storageState: nobody })

/** Finance asks, an approver decides on a phone, SpacePay pays. */
test.describe('a withdrawal', () => {
  test('to a saved destination is asked for in five clicks, approved on a phone and sent once', async ({
    page,
    anotherBrowser,
  }) => {
    await page.goto('/')
    await continueAs(page, 'Finance')
    const clicks = await countClicks(page)
    await page.getByRole('link', { name: 'Withdrawals' }).click()
    await page.getByRole('link', { name: 'New withdrawal' }).click()
    await page.getByLabel('Amount in US dollars').fill('12.50')
    const label = await chooseSaved(page)
    await page.getByLabel('Reason').fill('Invoice 2026-1188, packaging')
    await page.getByRole('button', { name: 'Review' }).click()
    const review = page.getByRole('region', { name: 'Review' })
    await expect(review).toContainText('Send $12.50')
    await expect(review).toContainText(label)
    await expect(review).toContainText('needs 1 approver')
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    const asked = page.getByRole('article', { name: /^Withdrawal W-\d+$/ })
    await expect(asked).toContainText('Pending approval')
    expect(await clicks(), 'clicks until it waits').toBeLessThanOrEqual(5)
    const fingerprint = await fingerprintOn(asked)
    await expect(page.getByRole('button', { name: /^Approve/ })).toBeHidden()

    const theirs = await (await anotherBrowser({ storageState: nobody, ...phone })).newPage()
    await theirs.goto('/')
    await continueAs(theirs, 'Approver')
    await theirs.goto(new URL(page.url()).pathname)
    const shown = theirs.getByRole('article', { name: /^Withdrawal W-\d+$/ })
    await expect(shown).toContainText(label)
    expect(await fingerprintOn(shown)).toEqual(fingerprint)
    await expectAccessible(theirs)
    await theirs.getByRole('button', { name: 'Approve $12.50' }).click()
    await expect(theirs.getByRole('button', { name: 'Approve $12.50' })).toBeHidden()

    await expect(asked).toContainText(/Submitted|Processing|Completed/, { timeout: 30_000 })
    await expect(
      asked.getByRole('region', { name: 'Facts' }).or(asked.getByRole('complementary')),
    ).toContainText('SpacePay took it')
    await expectAccessible(page)
  })

  test('that is rejected comes back with the reason, is edited and submitted again', async ({
    page,
    anotherBrowser,
  }) => {
    await page.goto('/')
    await continueAs(page, 'Finance')
    await ask(page, { amount: '20', reason: 'Invoice 17' })
    const theirs = await (await anotherBrowser({ storageState: nobody })).newPage()
    await theirs.goto('/')
    await continueAs(theirs, 'Approver')
    await theirs.goto(new URL(page.url()).pathname)
    await theirs.getByRole('button', { name: 'Reject…' }).click()
    await theirs.getByLabel('Reason').fill('Which invoice is this?')
    await theirs.getByRole('button', { name: 'Reject withdrawal' }).click()
    await expect(theirs.getByRole('article')).toContainText('Rejected')

    const mine = page.getByRole('article')
    await expect(mine).toContainText('Which invoice is this?')
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Reason').fill('Invoice 17 of 3 November')
    await page.getByRole('button', { name: 'Review' }).click()
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    await expect(mine).toContainText('Pending approval')
    await expect(mine).toContainText('Invoice 17 of 3 November')
  })

  test('is not asked for with a wrong amount or a mistyped address, and each says why at its field', async ({
    page,
  }) => {
    await page.goto('/')
    await continueAs(page, 'Finance')
    await page.goto('/withdrawals/new')
    const amount = page.getByLabel('Amount in US dollars')
    for (const [text, fault] of [
      ['0', 'at least $1.00'],
      ['0.99', 'at least $1.00'],
      ['-5', 'no amount'],
      ['1e3', 'no amount'],
      ['1000000.01', 'at most $1,000,000.00'],
    ] as const) {
      await amount.fill(text)
      await page.getByRole('button', { name: 'Review' }).click()
      await expect(amount).toHaveAccessibleDescription(
        new RegExp(fault.replace('$', String.raw`\$`)),
      )
    }
    await page.getByLabel('Destination').selectOption({ label: 'New address…' })
    const address = page.getByLabel('Address', { exact: true })
    await address.fill('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD')
    await page.getByRole('button', { name: 'Review' }).click()
    await expect(address).toHaveAccessibleDescription(/wrong checksum/)
  })

  test('does not leave while all withdrawals are stopped, and leaves once an admin lets them go', async ({
    page,
    anotherBrowser,
  }) => {
    await page.goto('/')
    await continueAs(page, 'Finance')
    await ask(page, { amount: '30', reason: 'Invoice 18' })
    await page.goto(new URL(page.url()).pathname)
    const here = new URL(page.url()).pathname
    await page.goto('/withdrawals')
    await page.getByRole('button', { name: 'Stop all withdrawals…' }).click()
    await page.getByLabel('Reason').fill('A supplier called about a changed address')
    await page.getByRole('button', { name: 'Stop all withdrawals', exact: true }).click()
    await expect(page.getByText('All withdrawals are stopped.')).toBeVisible()

    const theirs = await (await anotherBrowser({ storageState: nobody })).newPage()
    await theirs.goto('/')
    await continueAs(theirs, 'Approver')
    await theirs.goto(here)
    await theirs.getByRole('button', { name: 'Approve $30.00' }).click()
    await expect(theirs.getByRole('article')).toContainText('It does not leave yet.')

    const admin = await (await anotherBrowser({ storageState: nobody })).newPage()
    await admin.goto('/')
    await continueAs(admin, 'Admin')
    await admin.goto('/withdrawals/policy')
    await admin.getByRole('button', { name: 'Let them go again…' }).click()
    await admin.getByLabel('Reason').fill('The address was confirmed by telephone')
    await admin.getByRole('button', { name: 'Let withdrawals go' }).click()
    await expect(theirs.getByRole('article')).toContainText(/Submitted|Processing|Completed/, {
      timeout: 30_000,
    })
  })
})

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`the rooms of withdrawals are accessible in ${theme} at ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme })
      await page.setViewportSize({ width, height: 900 })
      await page.goto('/')
      await continueAs(page, 'Finance')
      for (const [path, name] of [
        ['/withdrawals?part=all', 'Withdrawals'],
        ['/withdrawals/new', 'New withdrawal'],
        ['/withdrawals/addresses', 'Address book'],
        ['/withdrawals/policy', 'Withdrawal policy'],
      ] as const) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1, name })).toBeAttached()
        await expect(page.locator('.skeleton')).toHaveCount(0)
        await expectAccessible(page)
      }
    })
  }
}

const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const

/** The first destination that can be paid; answers its label. */
async function chooseSaved(page: Page): Promise<string> {
  const destination = page.getByLabel('Destination')
  const saved = destination.locator('option').filter({ hasText: ' · ' }).filter({ hasNotText: '(' })
  await expect(saved.first()).toBeAttached()
  const text = (await saved.first().textContent()) ?? ''
  await destination.selectOption({ label: text })
  return text.split(' · ')[0] ?? ''
}

async function ask(page: Page, asked: { readonly amount: string; readonly reason: string }) {
  await page.goto('/withdrawals/new')
  await page.getByLabel('Amount in US dollars').fill(asked.amount)
  await chooseSaved(page)
  await page.getByLabel('Reason').fill(asked.reason)
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('button', { name: 'Ask for approval' }).click()
  await expect(page.getByRole('article')).toContainText('Pending approval')
}

async function fingerprintOn(article: ReturnType<Page['getByRole']>): Promise<string> {
  const groups = article.getByText(/^(?:[0-9a-f]{4}){8}$/)
  await expect(groups).toBeVisible()
  return (await groups.textContent()) ?? ''
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > window.innerWidth,
  )
  expect(isTooWide, 'wider than the screen').toBe(false)
}
