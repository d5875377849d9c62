import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from '@playwright/test'
import { countClicks } from '../desk/count-clicks.ts'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments } from '../desk/payments-screen.ts'
import {
  createPayment,
  customerDoes,
  newOrderId,
  paymentWhereCustomer,
  whileSpacePayIsDown,
} from '../desk/sandbox.ts'

/** "I paid, where is my order?": what the customer did, what support reads, what the customer is told. */
const stories = {
  'paid too little': {
    outcome: 'under',
    status: 'Failed',
    sentence: /^It failed: the customer paid \$\d+\.\d\d \(\d+\.\d\d %\) too little\.$/,
    reply: /We received [\d.]+ USDC on Base Sepolia for order .+, which is \$\d+\.\d\d less than/,
    steps: ['New payment from this', 'Hand to finance'],
  },
  'paid too much': {
    outcome: 'over',
    status: 'Completed',
    sentence: /^It is paid, with \$\d+\.\d\d \(\d+\.\d\d %\) too much\.$/,
    reply: /You sent \$\d+\.\d\d more than was due \([\d.]+ USDC on Base Sepolia instead of/,
    steps: ['Hand to finance'],
  },
  'paid too late': {
    outcome: 'late',
    status: 'Expired',
    sentence: /^The money came too late: the payment had expired\.$/,
    reply: /but after the time to pay was over, so your payment could not be completed/,
    steps: ['Hand to finance', 'New payment from this'],
  },
  'never paid': {
    outcome: 'expire',
    status: 'Expired',
    sentence: /^Nobody paid in time, and no money has arrived\.$/,
    reply:
      /We have not received your payment of \$149\.99 for order .+, and the time to pay is over/,
    steps: ['New payment from this'],
  },
  'paid exactly': {
    outcome: 'exact',
    status: 'Completed',
    sentence: /^It is paid in full: [\d.]+ USDC on Base Sepolia arrived at \d\d:\d\d\.$/,
    reply: /We have received your payment of [\d.]+ USDC on Base Sepolia for order .+ in full/,
    steps: [],
  },
  'not paid yet': {
    outcome: null,
    status: 'Pending',
    sentence:
      /^Nothing has arrived yet; the customer can still pay [\d.]+ USDC on Base Sepolia until \d\d:\d\d\.$/,
    reply:
      /Please send exactly [\d.]+ USDC on Base Sepolia until \d+ \w+ \d{4}, \d\d:\d\d \(London time\)/,
    steps: [],
  },
} as const

for (const [what, { outcome, status, sentence, reply, steps }] of Object.entries(stories)) {
  test(`a customer who has ${what} is found by paste, explained in a sentence and answered in one click`, async ({
    page,
    context,
  }) => {
    const { id, orderId } = await (outcome === null
      ? createPayment({ orderId: newOrderId() })
      : paymentWhereCustomer(outcome))
    await allowClipboard(context)
    await openPayments(page)
    const clicks = await countClicks(page)
    await findByPaste(page, id)
    const article = page.getByRole('article', { name: `Payment ${orderId}` })
    await expect(article.getByRole('heading', { level: 2 })).toContainText(orderId)
    await expect(article).toContainText(status)
    expect(await clicks(), 'clicks until the payment').toBe(0)

    const verdict = article.getByRole('region', { name: 'Verdict' })
    await expect(verdict.getByRole('paragraph').first()).toHaveText(sentence)
    for (const step of steps) {
      await expect(verdict.getByText(step, { exact: true })).toBeEnabled()
    }
    await verdict.getByRole('button', { name: 'Copy reply for the customer' }).click()
    await expect(verdict.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await clicks(), 'clicks until the reply is copied').toBe(1)

    const copied = await page.evaluate(async () => navigator.clipboard.readText())
    expect(copied).toMatch(/^Hello,\n\n[^]+\n\nKind regards$/)
    expect(copied).toMatch(reply)
    expect(copied).toContain(orderId)
    expect(copied).not.toMatch(/webhook|api\b|desk|spacepay|secret|checkout\?|undefined/i)
    await verdict.getByText('Read the reply').click()
    await expect(verdict).toContainText(copied.split('\n\n')[1] ?? '-')
    await expectAccessible(page)
  })
}

test('a quote that ends in front of the reader turns the verdict without a reload', async ({
  page,
}) => {
  const { id } = await createPayment({ orderId: newOrderId() })
  await page.clock.install()
  await expect(async () => {
    await page.goto(`/payments/${id}`)
    await expect(verdictOf(page)).toContainText('the customer can still pay', { timeout: 1_000 })
  }).toPass()
  await expect(page.getByRole('timer')).toHaveText(/^\d:\d\d$/)
  await page.clock.fastForward('11:00')
  await expect(verdictOf(page)).toContainText('Nothing has arrived, and the last quote ended at')
  await expect(page.getByRole('timer')).toBeHidden()
})

test('a new link for a quote that has expired takes two clicks', async ({ page }) => {
  const { id, orderId } = await createPayment({ orderId: newOrderId() })
  await customerDoes(id, 'expire')
  await openPayment(page, id, 'Nobody paid in time')
  const clicks = await countClicks(page)
  await verdictOf(page).getByRole('link', { name: 'New payment from this' }).click()
  await expect(page.getByLabel('Order id')).toHaveValue(orderId)
  await page.getByRole('button', { name: 'Create payment' }).click()
  await expect(page.getByRole('heading', { name: 'Payment created' })).toBeVisible()
  expect(await clicks()).toBe(2)
})

test('money that went astray is handed to finance from the verdict in two clicks, and the payment says so', async ({
  page,
}) => {
  const { id } = await createPayment({ orderId: newOrderId() })
  await customerDoes(id, 'under')
  await openPayment(page, id, 'too little')
  const clicks = await countClicks(page)
  await verdictOf(page).getByRole('button', { name: 'Hand to finance' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hand over' })
  await expect(dialog.getByLabel('To')).toHaveValue('role:finance')
  await page.keyboard.type('Paid too little, wants it back')
  await dialog.getByRole('button', { name: 'Hand over to Finance' }).click()
  await expect(dialog).toBeHidden()
  expect(await clicks()).toBe(2)
  await expect(page.getByText('With Finance', { exact: true })).toBeVisible()
  await expect(verdictOf(page).getByRole('button', { name: 'Hand to finance' })).toBeDisabled()
})

test('the story tells of people too, and webhooks and API stand side by side', async ({ page }) => {
  const { id } = await createPayment({ orderId: newOrderId() })
  await customerDoes(id, 'exact')
  await openPayment(page, id, 'It is paid in full')
  await verdictOf(page).getByRole('button', { name: 'Refresh from SpacePay' }).click()
  await expect(verdictOf(page)).toContainText('Up to date with SpacePay')
  await page.reload()
  const told = page.getByRole('listitem')
  await expect(told.filter({ hasText: 'Support read it from SpacePay' }).first()).toBeVisible()
  await expect(told.filter({ hasText: 'Webhook payment.updated said completed' })).toHaveCount(1)

  const sides = page.getByRole('table', { name: /^The last state by webhook/ })
  await expect(sides.getByRole('row', { name: /^Webhooks/ })).toContainText('Completed')
  await expect(sides.getByRole('row', { name: /^API/ })).toContainText('$149.99')
  await expect(page.getByText('Both say the same.')).toBeVisible()
})

test('the raw JSON of both sources is shown without what would let its reader pay', async ({
  page,
}) => {
  const { id, secret } = await createPayment({ orderId: newOrderId() })
  await customerDoes(id, 'exact')
  await openPayment(page, id, 'It is paid in full')
  await page.getByRole('button', { name: 'Raw JSON from SpacePay' }).click()
  await expect(page.getByLabel('Raw JSON', { exact: true })).toContainText('"quotes"')
  await expect(page.getByLabel('Raw JSON of the last webhook')).toContainText('"payment.updated"')
  expect(await page.content()).not.toContain(secret)
})

test.describe('while SpacePay is down', () => {
  // The refusal to pass the old row off as fresh.
  test.use({ expectedFaults: [/status of 409/] })

  test('a payment is still explained, and says how old its news is', async ({ page }) => {
    const { id } = await createPayment({ orderId: newOrderId() })
    await customerDoes(id, 'exact')
    await openPayment(page, id, 'It is paid in full')
    await whileSpacePayIsDown(async () => {
      await page.clock.install()
      await page.reload()
      await expect(verdictOf(page)).toContainText('It is paid in full')
      await verdictOf(page).getByRole('button', { name: 'Refresh from SpacePay' }).click()
      await expect(verdictOf(page)).toContainText('SpacePay did not answer', { timeout: 20_000 })
      await page.clock.fastForward('06:00')
      await expect(page.getByText(/^SpacePay has not answered since \d\d:\d\d\.$/)).toBeVisible()
      await expect(page.getByRole('article')).toContainText(/read from the API \d+ min ago/)
    })
  })
})

async function allowClipboard(context: BrowserContext): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
}

/** Ctrl K, paste, Enter; as soon as Desk has heard of it. */
async function findByPaste(page: Page, text: string): Promise<void> {
  await page.evaluate(async (copy) => navigator.clipboard.writeText(copy), text)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await expect(async () => {
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+v')
    await expect(page.getByRole('option').first()).toBeVisible({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/payments/${text}`)
}

/** Its page, once the verdict is what the customer's doing leads to. */
async function openPayment(page: Page, id: string, verdict: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/payments/${id}`)
    await expect(verdictOf(page)).toContainText(verdict, { timeout: 2_000 })
  }).toPass()
}

function verdictOf(page: Page) {
  return page.getByRole('region', { name: 'Verdict' })
}

/** In both themes. */
async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page })
      .options({ resultTypes: ['violations'] })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const told = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
    expect(told, colorScheme).toEqual([])
  }
}
