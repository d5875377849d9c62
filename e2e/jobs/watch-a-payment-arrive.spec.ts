import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { countLoads, openPayments, paymentsScreen, settled } from '../desk/payments-screen.ts'
import { createPayment, customerDoes, newOrderId, sandboxUrl } from '../desk/sandbox.ts'

test('a new payment arrives in the open list and completes in front of the viewer', async ({
  page,
}) => {
  const screen = paymentsScreen(page)
  await openPaymentsLive(page)
  const loads = countLoads(page)

  const { id, orderId } = await createPayment({ orderId: newOrderId(), amountCents: 4_999 })
  const oneNew = page.getByRole('button', { name: '1 new' })
  await expect(oneNew).toBeVisible()
  await expect(screen.link(orderId), 'rows do not move under the reader').toBeHidden()
  await oneNew.click()
  await expect(screen.row(orderId)).toContainText('$49.99')
  await expect(screen.row(orderId)).toContainText('Pending')

  await customerDoes(id, 'exact')
  await expect(screen.row(orderId)).toContainText('Processing')
  await expect(screen.row(orderId)).toContainText('Completed')
  await expect(screen.row(orderId)).toContainText('USDC')
  await expect(page).toHaveURL('/payments')
  expect(loads.loads(), 'loads of the document').toBe(0)
})

test('an open payment tells its whole story while it happens, without a reload', async ({
  page,
}) => {
  const { id, orderId } = await createPayment({ orderId: newOrderId() })
  await untilKnown(page, id, orderId)
  const article = page.getByRole('article', { name: `Payment ${orderId}` })
  await expect(article).toContainText('Nothing received yet')
  const loads = countLoads(page)

  await customerDoes(id, 'exact')
  await expect(article).toContainText('Processing')
  await expect(article).toContainText('Completed')

  const deliveries = article.getByRole('table', { name: /^Webhook deliveries/ })
  for (const status of ['pending', 'processing', 'completed']) {
    const delivery = deliveries.getByRole('row').filter({ hasText: `→ ${status}` })
    await expect(delivery).toHaveCount(1)
    await expect(delivery).toContainText('signature valid')
  }
  const story = article.getByRole('listitem')
  await expect(story.filter({ hasText: 'created for $149.99' })).toHaveCount(1)
  await expect(story.filter({ hasText: 'seen on chain' })).toHaveCount(1)
  await expect(story.filter({ hasText: 'Transaction confirmed' })).toHaveCount(1)
  await expect(article.getByRole('link', { name: /^Transaction hash/ }).first()).toHaveAttribute(
    'href',
    /^http:\/\/127\.0\.0\.1:\d+\/explorer\/eip155%3A84532\/tx\/0x[0-9a-f]{64}$/,
  )
  expect(loads.loads(), 'loads of the document').toBe(0)
})

test('the open drawer and the row under it follow together', async ({ page }) => {
  const screen = paymentsScreen(page)
  const { id, orderId } = await createPayment({ orderId: newOrderId() })
  await untilKnown(page, id, orderId)
  await openPaymentsLive(page, `?q=${orderId}&open=${id}`)
  await expect(screen.drawer.getByRole('article')).toContainText('Pending')
  const loads = countLoads(page)
  await customerDoes(id, 'exact')
  await expect(screen.row(orderId)).toContainText('Completed')
  await expect(screen.drawer.getByRole('article')).toContainText('Received')
  await expect(screen.drawer.getByRole('article')).toContainText('Completed')
  await expect(page).toHaveURL(`/payments?q=${orderId}&open=${id}`)
  expect(loads.loads(), 'loads of the document').toBe(0)
})

for (const [outcome, flag] of [
  ['under', 'Underpaid'],
  ['over', 'Overpaid'],
] as const) {
  test(`a customer who pays ${outcome} the amount leaves the payment flagged ${flag}`, async ({
    page,
  }) => {
    const { id, orderId } = await createPayment({ orderId: newOrderId() })
    await untilKnown(page, id, orderId)
    const article = page.getByRole('article', { name: `Payment ${orderId}` })
    await customerDoes(id, outcome)
    await expect(article).toContainText(flag)
    await openPayments(page, `?q=${orderId}`)
    await expect(paymentsScreen(page).row(orderId)).toContainText(flag)
  })
}

test('two people see the same payment arrive and complete', async ({ page, anotherBrowser }) => {
  const colleague = await (await anotherBrowser()).newPage()
  const people = [page, colleague]
  await Promise.all(people.map((person) => openPaymentsLive(person)))
  const loads = people.map(countLoads)
  const { id, orderId } = await createPayment({ orderId: newOrderId() })
  for (const person of people) {
    await person.getByRole('button', { name: '1 new' }).click()
    await expect(paymentsScreen(person).row(orderId)).toContainText('Pending')
  }
  await customerDoes(id, 'exact')
  await Promise.all(
    people.map((person) => expect(paymentsScreen(person).row(orderId)).toContainText('Completed')),
  )
  expect(loads.map(({ loads: count }) => count())).toEqual([0, 0])
})

test("a payment made and paid in the sandbox's own checkout arrives and completes", async ({
  page,
  context,
}) => {
  const orderId = newOrderId('SHOP')
  await openPaymentsLive(page)
  const customer = await context.newPage()
  await customer.goto(sandboxUrl)
  await customer.getByRole('textbox', { name: 'Amount in US dollars' }).fill('19.50')
  await customer.getByRole('textbox', { name: 'Order id' }).fill(orderId)
  await customer.getByRole('button', { name: 'Create and open the checkout' }).click()
  await expect(customer.getByRole('status')).toHaveText('Waiting for your payment')

  await page.bringToFront()
  await page.getByRole('button', { name: '1 new' }).click()
  await expect(paymentsScreen(page).row(orderId)).toContainText('$19.50')

  await customer.bringToFront()
  await customer.getByText('Simulate the payer').click()
  await customer.getByRole('button', { name: 'Pay exactly' }).click()
  await expect(customer.getByRole('status')).toHaveText('Paid. Thank you.')
  await page.bringToFront()
  await expect(paymentsScreen(page).row(orderId)).toContainText('Completed')
})

test('what happens between the first reading and the live connection is not missed', async ({
  page,
}) => {
  const { promise: isMade, resolve: made } = Promise.withResolvers<string>()
  await page.route('**/trpc/payments.changes*', async (route) => {
    await isMade
    await route.continue()
  })
  await openPayments(page)
  const { id, orderId } = await createPayment({ orderId: newOrderId() })
  await expect
    .poll(async () => (await page.request.get(detailOf(id))).status(), { intervals: [50] })
    .toBe(200)
  made(orderId)
  const oneNew = page.getByRole('button', { name: '1 new' })
  // Soon, and not only when something else happens to change.
  await expect(oneNew).toBeVisible({ timeout: 5_000 })
  await oneNew.click()
  await expect(paymentsScreen(page).row(orderId)).toBeVisible()
})

/** The list, with the stream of changes open: what happens from now on has to show. */
async function openPaymentsLive(page: Page, search = ''): Promise<void> {
  const stream = page.waitForResponse(/\/trpc\/payments\.changes/)
  await openPayments(page, search)
  await stream
  await settled(page)
}

/** The page of a payment that was made a moment ago, as soon as its webhook has come. */
async function untilKnown(page: Page, id: string, orderId: string): Promise<void> {
  await expect
    .poll(async () => (await page.request.get(detailOf(id))).status(), { intervals: [50] })
    .toBe(200)
  const stream = page.waitForResponse(/\/trpc\/payments\.changes/)
  await page.goto(`/payments/${id}`)
  await expect(page.getByRole('article', { name: `Payment ${orderId}` })).toBeVisible()
  await stream
}

function detailOf(id: string): string {
  return `/trpc/payments.detail?input=${encodeURIComponent(JSON.stringify({ id }))}`
}
