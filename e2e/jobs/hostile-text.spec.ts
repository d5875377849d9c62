import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen } from '../desk/payments-screen.ts'
import { createPayment, newOrderId, sandboxUrl } from '../desk/sandbox.ts'

const mark = newOrderId('H')
const nul = String.fromCodePoint(0)
const rightToLeft = String.fromCodePoint(0x202e)

/** Order ids that a shop's customer may have had a hand in, each told apart by `mark`. */
const orderIds = {
  'a script': `<script>alert("${mark}")</script>`,
  'an image with a handler': `"><img src=x onerror=alert('${mark}')>`,
  'a template': `{{constructor.constructor('alert(1)')()}}\${alert(1)} ${mark}`,
  'writing that turns around': `${rightToLeft}DROWSSAP טקסט ${mark}`,
  'many accents': `Z${'\u0301'.repeat(100)} ${mark}`,
  'a formula': `=HYPERLINK("http://evil.example","${mark}")`,
  'two hundred and fifty-five letters': mark.padEnd(255, 'W'),
} as const

for (const [what, text] of Object.entries(orderIds)) {
  test(`an order id that holds ${what} is found and shown as it is written`, async ({ page }) => {
    const orderId = text.slice(0, 255)
    const { id } = await createPayment({ orderId })
    await untilKnown(page, id)
    await openPayments(page)
    const screen = paymentsScreen(page)
    await screen.search.fill(orderId.slice(0, 300))
    const link = screen.table.getByRole('link').filter({ hasText: orderId })
    await expect(link).toHaveCount(1)
    await expectNoSidewaysScroll(page)
    // Where it begins: the end of a long one is cut off with its cell.
    await link.click({ position: { x: 8, y: 8 } })
    await expect(screen.drawer.getByRole('heading', { level: 2 })).toContainText(orderId)
    await expectNoSidewaysScroll(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(screen.drawer.getByRole('heading', { level: 2 })).toContainText(orderId)
    await expectNoSidewaysScroll(page)
  })
}

const deep = `${'{"a":'.repeat(300)}"${mark}-deep"${'}'.repeat(300)}`
const metadata = {
  'script tags': {
    text: JSON.stringify({
      '<script>alert(1)</script>': `</td><script>alert("${mark}-tag")</script>`,
    }),
    find: `${mark}-tag`,
    shown: `</td><script>alert("${mark}-tag")</script>`,
  },
  'as much as is allowed': {
    text: JSON.stringify({ note: `${mark}-long `.padEnd(2_030, 'y') }),
    find: `${mark}-long`,
    shown: 'y'.repeat(1_500),
  },
  'JSON three hundred levels deep': { text: deep, find: `${mark}-deep`, shown: `${mark}-deep` },
  'writing from right to left': {
    text: JSON.stringify({ הערה: `שלום ${rightToLeft}${mark}-rtl`, عميل: 'أحمد' }),
    find: `${mark}-rtl`,
    shown: 'أحمد',
  },
  'a NUL': {
    text: JSON.stringify({ note: `before${nul}after ${mark}-nul` }),
    find: `${mark}-nul`,
    shown: 'before␀after',
  },
  'names that objects already have': {
    text: `{"__proto__":{"admin":true},"constructor":"${mark}-proto","toString":"x"}`,
    find: `${mark}-proto`,
    shown: `${mark}-proto`,
  },
  'no JSON at all': {
    text: `{"broken": <b>${mark}-broken</b>`,
    find: `${mark}-broken`,
    shown: `<b>${mark}-broken</b>`,
  },
} as const

for (const [what, { text, find, shown }] of Object.entries(metadata)) {
  test(`metadata that holds ${what} is found by its value and shown as text`, async ({ page }) => {
    const { id, orderId } = await createPayment({ orderId: newOrderId(), metadata: text })
    await untilKnown(page, id)
    await openPayments(page)
    const screen = paymentsScreen(page)
    await screen.search.fill(find)
    await expect(screen.table.getByRole('link', { name: orderId })).toHaveCount(1)
    await screen.link(orderId).click()
    const article = screen.drawer.getByRole('article')
    await expect(article).toContainText(shown)
    // By the keyboard: the history above is loaded once it is seen, and would move the button from under a pointer.
    await article.getByRole('button', { name: 'Raw JSON from SpacePay' }).press('Enter')
    await expect(article.getByLabel('Raw JSON', { exact: true })).toBeVisible()
    await expectNoSidewaysScroll(page)
    await page.goto(`/payments/${id}`)
    await expect(page.getByRole('article')).toContainText(shown)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoSidewaysScroll(page)
  })
}

test('a return address that is no web address is text, not a link', async ({ page }) => {
  const redirectUrl = `javascript:alert("${mark}")//`
  const { id } = await createPayment({ orderId: newOrderId(), redirectUrl })
  await untilKnown(page, id)
  await page.goto(`/payments/${id}`)
  const article = page.getByRole('article')
  await expect(article).toContainText('javascript:alert')
  const targets = await article
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  // The demo's money is on the sandbox's own chain, whose explorer is the sandbox's too.
  const isSafe = (target: string) =>
    /^(https:\/\/|\/)/.test(target) || target.startsWith(`${sandboxUrl}/explorer/`)
  expect(targets.filter((target) => !isSafe(target))).toEqual([])
})

test('hostile text in quick find and in the address is text', async ({ page }) => {
  const hostile = '<img src=x onerror=alert(1)>'
  await page.goto(
    `/payments?q=${encodeURIComponent(hostile)}&status=${encodeURIComponent(hostile)}`,
  )
  await expect(paymentsScreen(page).search).toHaveValue(hostile)
  await expect(page.getByRole('heading', { name: 'No payment matches' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill(hostile.repeat(50))
  await expect(page.getByRole('dialog')).toContainText('No payment matches')
  await expectNoSidewaysScroll(page)
})

/** Its webhook has come, and the API was read for what webhooks leave out. */
async function untilKnown(page: Page, id: string): Promise<void> {
  await expect
    .poll(
      async () =>
        (
          await page.request.post('/trpc/payments.refresh', {
            headers: { origin: `http://localhost:${process.env['DESK_PORT']}` },
            data: { id },
          })
        ).status(),
      { intervals: [100] },
    )
    .toBe(200)
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }))
  expect(scrollWidth, 'width of the page').toBeLessThanOrEqual(clientWidth)
  const overflowing = await page
    .getByRole('main')
    .or(page.getByRole('dialog'))
    .evaluateAll((parts) =>
      parts
        .filter((part) => part.scrollWidth > part.clientWidth)
        .map((part) => part.id || part.ariaLabel),
    )
  expect(overflowing, 'what scrolls sideways').toEqual([])
}
