import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test('support sees sign by sign whether everything flows, and goes on to where it is mended', async ({
  page,
}) => {
  await page.goto('/settings')
  await page.getByRole('link', { name: 'System status' }).click()
  await expect(page).toHaveTitle('System status · SpacePay Desk')
  const sign = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await expect(sign('SpacePay’s API')).toContainText('The last answer came')
  await expect(sign('Desks running')).toContainText(/Desks? on this database/)
  await expect(sign('Database shape')).toContainText('Every migration has run')
  await expect(sign('Changes on open screens')).toContainText(/browsers? following along here/)
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(9)
  await sign('Webhooks processed').getByRole('link').click()
  await expect(page).toHaveURL(/\/webhooks/)
})

test('an admin adds where alarms are told, has a test sent, changes the channel and removes it', async ({
  anotherBrowser,
}) => {
  const browser = await anotherBrowser({ storageState: nobody })
  const page = await browser.newPage()
  await page.goto('/sign-in')
  await continueAs(page, 'Admin')
  await page.goto('/settings/notifications')
  await expect(page.getByRole('heading', { name: 'Nobody is told yet' })).toBeVisible()
  await page.getByRole('button', { name: 'Add a channel' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a channel' })
  await dialog.getByLabel('Name').fill('Finance room')
  await dialog.getByLabel('Address of the webhook').fill('https://127.0.0.1:1/hook/very-secret')
  await dialog.getByRole('button', { name: 'Add channel' }).click()
  await page.getByRole('button', { name: 'Send a test to Finance room' }).click()
  const told = page.getByRole('list', { name: 'Last told to Finance room' })
  await expect(told).toContainText('leads into a private network', { timeout: 20_000 })
  await expect(page.getByRole('main')).not.toContainText('very-secret')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Change Finance room' }).click()
  const changing = page.getByRole('dialog', { name: 'Change Finance room' })
  await expectAccessible(page)
  await changing.getByLabel('Name').fill('')
  await changing.getByRole('button', { name: 'Change channel' }).click()
  await expect(changing.getByRole('alert')).toHaveText('Give it a name.')
  await changing.getByLabel('Name').fill('Treasury room')
  await changing.getByLabel('Quiet from').fill('22:00')
  await changing.getByLabel('Quiet until').fill('07:00')
  await changing.getByRole('button', { name: 'Change channel' }).click()
  await expect(changing).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Treasury room' })).toBeVisible()
  await expect(page.getByText('22:00 to 07:00')).toBeVisible()

  await page.getByRole('button', { name: 'Remove Treasury room' }).click()
  const removing = page.getByRole('dialog', { name: 'Remove Treasury room?' })
  await expectAccessible(page)
  await removing.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'Treasury room' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove Treasury room' }).click()
  await removing.getByRole('button', { name: 'Remove channel' }).click()
  await expect(page.getByRole('heading', { name: 'Nobody is told yet' })).toBeVisible()
})

/** In both themes, wide and on a phone. */
async function expectAccessible(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} on a phone`, () => {
    test.use({
      colorScheme,
      viewport: { width: 390, height: 844 },
      contextOptions: { reducedMotion: 'reduce' },
    })

    test('the status is accessible and fits', async ({ page }) => {
      await page.goto('/settings/status')
      await expect(page.getByRole('listitem').first()).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow).toBe(0)
    })
  })
}
