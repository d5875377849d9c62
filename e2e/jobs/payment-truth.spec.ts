import { AxeBuilder } from '@axe-core/playwright'
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { createPayment, customerDoes, newOrderId, sandboxUrl } from '../desk/sandbox.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

test.use({
  storageState: nobody,
  // Of a payment that Desk has not heard of yet, or knew nothing of then.
  expectedFaults: [/status of 404/],
})

test('finance sees a webhook that never came, understands it, settles it, and looks at how it was before', async ({
  page,
}) => {
  test.slow()
  await untilSomethingWasHeard()
  const { id, orderId } = await unannouncedPayment()
  await signInAsFinance(page)
  await openUnannounced(page, id)
  await expect(page.getByText('No webhook about this payment has come.')).toBeVisible()
  await letPaymentAge(id)

  await page.goto('/attention?kind=drifted')
  const row = page.getByRole('row').filter({ hasText: orderId })
  await expect(row).toContainText('Never announced')
  await expect(row).toContainText('$149.99')
  await row.getByRole('link', { name: orderId }).click()
  const drawer = page.getByRole('dialog', { name: 'Payment', exact: true })
  const drift = drawer.getByRole('list', { name: 'Drift' }).getByRole('listitem')
  await expect(drift).toHaveCount(1)
  await expect(drift).toContainText(
    'SpacePay’s API knows this payment, and no webhook ever told of it.',
  )
  await expect(drift).toContainText('Open')
  await expect(drift).toContainText(/API answer.*“pending” at/)
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()

  await page.goto(`/payments?is=drifted&q=${orderId}`)
  const listed = page.getByRole('row').filter({ hasText: orderId })
  await expect(listed).toContainText('Drifted')

  await page.goto('/attention?kind=drifted')
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Resolve' }).click()
  const question = page.getByRole('dialog', { name: /^Resolve “drifted” of/ })
  await question.getByLabel('Reason').fill('SpacePay confirmed by mail that its queue was down')
  await question.getByRole('button', { name: 'Resolve 1 item' }).click()
  await expect(row).toBeHidden()

  await page.goto(`/payments/${id}`)
  const settled = page.getByRole('list', { name: 'Drift' })
  await expect(settled).toContainText(/Resolved by .*: SpacePay confirmed by mail/)

  const before = new Date().toISOString()
  await page.waitForTimeout(1_100)
  await customerDoes(id, 'exact')
  const article = page.getByRole('article')
  await expect(article.getByText('Completed').first()).toBeVisible()
  await page.getByRole('button', { name: 'As it was known at another time' }).click()
  const picker = page.getByRole('dialog', { name: 'This payment as it was known' })
  await picker.getByLabel('Day and time in London').fill('2020-01-01T00:00')
  await picker.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByText('Desk knew nothing of this payment at that time.')).toBeVisible()
  await page.goto(`/payments/${id}?asOf=${before}`)
  const banner = page.getByRole('region', { name: 'Another time is shown' })
  await expect(banner).toContainText(/As it was known on .*London time/)
  await expect(article.getByText('Pending').first()).toBeVisible()
  await expect(article.getByText('Completed')).toHaveCount(0)

  await page.goto(`/payments?q=${orderId}&asOf=${before}`)
  await expect(listed).toContainText('Pending')
  await expect(banner).toBeVisible()
  await banner.getByRole('button', { name: 'Back to now' }).click()
  await expect(listed).toContainText('Completed')
  await expect(banner).toBeHidden()
})

test.describe('what drifted and what was', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      test(`is readable by everybody, ${colorScheme}, ${width} wide`, async ({ page }) => {
        test.slow()
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.setViewportSize({ width, height: 900 })
        await untilSomethingWasHeard()
        const { id } = await unannouncedPayment()
        await signInAsFinance(page)
        await openUnannounced(page, id)
        await letPaymentAge(id)
        const drift = page.getByRole('list', { name: 'Drift' })
        await expect(async () => {
          await page.reload()
          await expect(drift).toBeVisible({ timeout: 2_000 })
        }).toPass()
        await expectAccessible(page)
        await page.goto('/attention?kind=drifted')
        await expect(
          page.getByRole('row').filter({ hasText: 'ever announced' }).first(),
        ).toBeVisible()
        await expectAccessible(page)
        await page.goto(`/payments/${id}?asOf=${new Date().toISOString()}`)
        await expect(page.getByRole('article')).toBeVisible()
        await page.getByRole('button', { name: 'Another time' }).click()
        await expect(
          page.getByRole('dialog', { name: 'This payment as it was known' }),
        ).toBeVisible()
        await expectAccessible(page)
      })
    }
  }
})

async function signInAsFinance(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await continueAs(page, 'Finance')
}

test('when webhooks fall silent finance is told once, since when and how many, and settles all of it with one reason', async ({
  page,
}) => {
  test.slow()
  await untilSomethingWasHeard()
  // One in between that is told of would leave more than enough on one side.
  const unheard = await Promise.all(Array.from({ length: 24 }, unannouncedPayment))
  await signInAsFinance(page)
  for (const { id } of unheard) {
    const input = encodeURIComponent(JSON.stringify({ id }))
    await expect
      .poll(async () => (await page.request.get(`/trpc/payments.detail?input=${input}`)).status(), {
        intervals: [100],
      })
      .toBe(200)
  }
  await letPaymentAge(...unheard.map(({ id }) => id))

  await page.goto('/attention')
  const told = page.getByText(/^No webhook told of \d+ payments since .* at stake$/)
  await expect(told.first()).toBeVisible({ timeout: 20_000 })
  const [one] = unheard
  await expect(page.getByRole('row').filter({ hasText: one?.orderId ?? '' })).toHaveCount(0)
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expectAccessible(page)
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  while (await told.first().isVisible()) {
    const before = await told.count()
    await page.getByRole('button', { name: 'Resolve all' }).first().click()
    const question = page.getByRole('dialog', { name: /^Resolve what no webhook told of/ })
    await question.getByLabel('Reason').fill('The endpoint was down; the shop was told by phone')
    await question.getByRole('button', { name: 'Resolve all' }).click()
    await expect(told).toHaveCount(before - 1)
  }
  await page.goto(`/payments/${one?.id}`)
  await expect(page.getByRole('list', { name: 'Drift' })).toContainText(
    /Resolved by .*: The endpoint was down/,
  )
})

/** Before its first webhook SpacePay has announced nothing, and nothing is missed. */
async function untilSomethingWasHeard(): Promise<void> {
  await createPayment({ orderId: newOrderId('HEARD') })
}

/** One whose webhook is swallowed; Desk hears of it when somebody asks for it. */
async function unannouncedPayment() {
  const orderId = newOrderId('SILENT')
  const fault = { on: 'webhook', effect: { kind: 'drop' }, next: 1, subject: orderId }
  const put = await fetch(`${sandboxUrl}/__sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })
  expect(put.status).toBe(201)
  return createPayment({ orderId })
}

/** Asking for it is how Desk first hears of it. */
async function openUnannounced(page: Page, id: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/payments/${id}`)
    await expect(page.getByRole('article')).toBeVisible({ timeout: 2_000 })
  }).toPass()
}

async function letPaymentAge(...ids: readonly string[]): Promise<void> {
  const script = resolve(import.meta.dirname, '../desk/let-payment-age.ts')
  await promisify(execFile)(process.execPath, [script, ...ids])
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
}
