import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../desk/desk-test.ts'
import { createPayment, merchantSecretKey, newOrderId, sandboxUrl } from '../desk/sandbox.ts'

const control = `${sandboxUrl}/control`
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test.describe('a trainer', () => {
  // Desk says that it could not ask SpacePay.
  test.use({ expectedFaults: [/status of 409/] })

  test('switches a fault on, sees it in Desk, and switches it off', async ({ page, context }) => {
    const orderId = newOrderId('FAULT')
    const { id } = await createPayment({ orderId })
    await expect
      .poll(async () => (await page.request.get(detailOf(id))).status(), { intervals: [50] })
      .toBe(200)

    const trainer = await context.newPage()
    await trainer.goto(`${control}/faults`)
    await trainer.locator('summary', { hasText: 'Error status' }).click()
    const form = trainer.getByRole('form', { name: 'Error status' })
    await form.getByLabel('Route', { exact: true }).selectOption('payments.get')
    await form.getByLabel('Status', { exact: true }).fill('400')
    // A 5xx would make Desk leave SpacePay alone for a while, and the next tests with it.
    await form.getByLabel('Next', { exact: true }).fill('')
    await form.getByLabel('Percent', { exact: true }).fill('100')
    // Nobody else's payment is to suffer.
    await form.getByLabel('Only about', { exact: true }).fill(id)
    await form.getByRole('button', { name: 'Switch on' }).click()
    await expect(trainer.getByRole('status')).toHaveText('The fault is on.')

    await page.goto(`/payments/${id}`)
    const refresh = page.getByRole('button', { name: 'Refresh from SpacePay' })
    await refresh.click()
    await expect(
      page.getByRole('status').filter({ hasText: 'SpacePay answered 400' }),
    ).toBeVisible()

    const active = trainer.getByRole('table', { name: 'Faults that are on' })
    await active.getByRole('button', { name: 'Remove' }).click()
    await expect(trainer.getByText('No fault is on')).toBeVisible()
    const log = trainer.getByRole('table', { name: 'Faults that struck' })
    await expect(log).toContainText(orderId)
    await refresh.click()
    await expect(page.getByText('Up to date with SpacePay')).toBeVisible()
  })
})

const sections = [
  ['Overview', 'Scenarios'],
  ['Payments', 'Withdrawals'],
  ['Webhooks', 'Faults'],
  ['Chains', 'Requests'],
] as const

for (const names of sections) {
  test(`${names.join(', ')} are accessible in light and dark, wide and narrow`, async ({
    page,
  }) => {
    if (names.some((name) => name === 'Faults')) await haveOneStrike()
    await page.goto(control)
    for (const name of names) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.emulateMedia({ colorScheme: 'light' })
      const navigation = page.getByRole('navigation', { name: 'Control' })
      await navigation.getByRole('link', { name, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
      // Axe looks at every cell: a short list tells as much as a long one.
      if (name === 'Payments') await page.goto(`${control}/payments?status=pending`)
      await expectAccessible(name, new AxeBuilder({ page }).withTags(standards))

      await page.setViewportSize({ width: 390, height: 844 })
      await page.emulateMedia({ colorScheme: 'dark' })
      await expectAccessible(
        `${name}, dark and narrow`,
        new AxeBuilder({ page }).withRules(['color-contrast', 'target-size']),
      )
      const isTooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > window.innerWidth,
      )
      expect.soft(isTooWide, `${name} is too wide`).toBe(false)
    }
  })
}

/** Leaves a harmless strike on a webhook in the log: its event id is the longest that stands there. */
async function haveOneStrike(): Promise<void> {
  const orderId = newOrderId('FAULT')
  const fault = { on: 'webhook', effect: { kind: 'delay', ms: 1 }, next: 1, subject: orderId }
  const put = await fetch(`${sandboxUrl}/__sandbox/faults`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-spacepay-secret-key': merchantSecretKey,
    },
    body: JSON.stringify(fault),
  })
  expect(put.status).toBe(201)
  await createPayment({ orderId })
}

async function expectAccessible(screen: string, axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze()
  const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  expect.soft(told, screen).toEqual([])
}

function detailOf(id: string): string {
  return `/trpc/payments.detail?input=${encodeURIComponent(JSON.stringify({ id }))}`
}
