import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../desk/desk-test.ts'

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
  await expect(page.getByRole('table')).toContainText('observation')
  await sign('Webhooks processed').getByRole('link').click()
  await expect(page).toHaveURL(/\/webhooks/)
})

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
