import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import {
  type OpenPayment,
  type Order,
  type OwnSandbox,
  startOwnSandbox,
} from '../desk/own-sandbox.ts'
import { nobody } from '../desk/sign-in.ts'

/** The customer's side of a payment, on a phone unless told otherwise. */
const phone = { width: 390, height: 844 }
const desktop = { width: 1_280, height: 900 }
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let sandbox: OwnSandbox
test.beforeAll(async () => {
  sandbox = await startOwnSandbox()
})
test.afterAll(() => sandbox[Symbol.asyncDispose]())

test.use({
  storageState: nobody,
  viewport: phone,
  permissions: ['clipboard-read', 'clipboard-write'],
  // States are judged as they stand, not as they breathe.
  contextOptions: { reducedMotion: 'reduce' },
  // Of an amount that is none, and of a link that leads nowhere.
  expectedFaults: [/status of 4(04|22)/],
})

test('a customer chooses a coin, copies what to send, pays and is taken back to the shop', async ({
  page,
}) => {
  await page.route('https://shop.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'The shop' }),
  )
  await open(page, {
    redirectUrl: 'https://shop.example/thanks?cart=1',
    customMetadata: '{"cartId":"c-51","status":"failed"}',
  })
  const checkout = checkoutOn(page)
  await expect(checkout.state).toHaveText('Waiting for your payment')
  await expect(checkout.amount).toHaveText('150.74 USDC')
  await expectFitForThumbs(page)
  await page.evaluate(() => {
    document.title = 'not loaded anew'
    document.documentElement.dataset['kept'] = 'yes'
  })

  await checkout.choice.click()
  await page.getByRole('button', { name: 'ETH', exact: true }).click()
  await expect(checkout.amount).toHaveText(/^0\.0\d{10,} ETH$/)
  await page.getByRole('button', { name: /^Ethereum Sepolia/ }).click()
  await expect(checkout.choice).toHaveText(/ETH on Ethereum Sepolia/)
  await expect(page.getByRole('button', { name: 'USDT' })).toBeHidden()
  await expectFitForThumbs(page)

  await page.getByRole('button', { name: 'Copy amount' }).click()
  await expect(checkout.said).toHaveText('Copied the amount.')
  const amount = await checkout.amount.textContent()
  expect(`${await clipboard(page)} ETH`).toBe(amount)
  await page.getByRole('button', { name: 'Copy address' }).click()
  await expect(checkout.said).toHaveText('Copied the address.')
  expect(await clipboard(page)).toBe(await page.locator('#address').textContent())
  await expect(page.getByRole('link', { name: 'Open in wallet' })).toHaveAttribute(
    'href',
    /^ethereum:0x[0-9a-f]{40}@11155111\?value=\d+$/,
  )
  await expect(page.getByRole('link', { name: /^MetaMask/ })).toHaveAttribute(
    'href',
    /^https:\/\/link\.metamask\.io\/send\/0x[0-9a-f]{40}@11155111\?value=\d+$/,
  )

  await checkout.drawer.click()
  await page.getByRole('button', { name: 'Pay exactly' }).click()
  await expect(checkout.state).toHaveText('Payment seen, waiting for confirmations')
  await expect(checkout.state).toBeFocused()
  await expect(page.getByText(/of 12 confirmations on Ethereum Sepolia/)).toBeVisible()
  await sandbox.control('clock/advance', { ms: 60_000 })
  await expect(checkout.state).toHaveText('Paid. Thank you.')
  expect(await page.evaluate(() => document.documentElement.dataset['kept'])).toBe('yes')
  await expect(page).toHaveTitle('Paid. Thank you. · $149.99 to Northwind Demo')

  await expect(checkout.said).toHaveText(/taken back to the shop in 10 seconds/)
  await page.getByRole('link', { name: 'Back to shop.example' }).click()
  await expect(page.getByText('The shop')).toBeVisible()
  expect([...new URL(page.url()).searchParams.keys()]).toEqual([
    'cart',
    'cartId',
    'status',
    'paymentId',
    'orderId',
  ])
  expect(new URL(page.url()).searchParams.get('status')).toBe('completed')
})

test('a customer who does nothing is taken back to the shop, and may pause that', async ({
  page,
}) => {
  await page.clock.install()
  await page.route('https://shop.example/**', (route) => route.fulfill({ body: 'The shop' }))
  await pay(await open(page, { redirectUrl: 'https://shop.example/thanks' }), 'exact')
  await sandbox.control('clock/advance', { ms: 60_000 })
  await page.clock.runFor(2_000)
  await expect(checkoutOn(page).state).toHaveText('Paid. Thank you.')
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.clock.runFor(60_000)
  expect(new URL(page.url()).origin).toBe(sandbox.url)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.clock.runFor(11_000)
  await expect(page).toHaveURL(/^https:\/\/shop\.example\/thanks\?.*status=completed$/)
})

test('without a mouse, and without losing the focus', async ({ page }) => {
  await open(page)
  const checkout = checkoutOn(page)
  await tabTo(page, checkout.choice)
  await page.keyboard.press('Enter')
  const usdt = page.getByRole('button', { name: 'USDT' })
  await tabTo(page, usdt)
  await page.keyboard.press('Enter')
  await expect(checkout.amount).toHaveText('150.74 USDT')
  await expect(usdt).toBeFocused()
  await expect(usdt).toHaveAttribute('aria-pressed', 'true')
  await tabTo(page, page.getByRole('button', { name: /^Polygon/ }))
  await page.keyboard.press('Space')
  await expect(checkout.amount).toHaveText('150.59 USDT')
  await expect(checkout.choice).toBeFocused()

  await tabTo(page, page.getByRole('button', { name: 'Copy amount' }))
  await page.keyboard.press('Enter')
  await expect(checkout.said).toHaveText('Copied the amount.')
  await tabTo(page, checkout.drawer)
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Pay too little' }))
  await page.keyboard.press('Enter')
  await expect(checkout.state).toHaveText('Payment seen, waiting for confirmations')
  await expect(checkout.state).toBeFocused()
})

test('a price that runs out is renewed in place, and nothing that is being typed is lost', async ({
  page,
}) => {
  await open(page, { type: 'deposit' })
  const checkout = checkoutOn(page)
  const field = page.getByRole('textbox', { name: 'How much, in US dollars' })
  await checkout.choice.click()
  await page.getByRole('button', { name: 'ETH', exact: true }).click()
  await field.fill('25')
  await page.getByRole('button', { name: 'Get the exact amount' }).click()
  await expect(checkout.amount).toHaveText(/ ETH$/)
  const before = String(await checkout.amount.textContent())

  await field.fill('312')
  await sandbox.control('clock/advance', { ms: 10 * 60_000 })
  await expect(checkout.amount).not.toHaveText(before)
  await expect(checkout.amount).toHaveText(/^0\.00\d+ ETH$/)
  await expect(checkout.said).toHaveText(/^Send 0\.00\d+ ETH\.$/)
  await expect(page.getByText('Price held for')).toHaveText(/(10:00|9:5\d)$/)
  await expect(field).toHaveValue('312')
  await expect(field).toBeFocused()

  await field.fill('a lot')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('Enter an amount such as 25 or 49.90.')
  await expect(field).toHaveValue('a lot')
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('a customer chooses, pays and sees the end', async ({ page }) => {
    await open(page)
    const checkout = checkoutOn(page)
    await expect(page.getByRole('button', { name: 'Copy amount' })).toBeHidden()
    await expect(page.getByText(/^Price held until \d\d:\d\d UTC$/)).toBeVisible()
    await checkout.choice.click()
    await page.getByRole('button', { name: 'USDT' }).click()
    await expect(checkout.amount).toHaveText('150.74 USDT')
    await sandbox.control('clock/advance', { ms: 11 * 60_000 })
    await page.reload()
    await page.getByRole('button', { name: 'Get a new price' }).click()
    await expect(checkout.amount).toHaveText('150.74 USDT')
    await checkout.drawer.click()
    await page.getByRole('button', { name: 'Pay too much' }).click()
    await sandbox.control('clock/advance', { ms: 60_000 })
    await page.reload()
    await expect(checkout.state).toHaveText('Paid, with more than was due')
  })
})

test('what an order says of itself stays text, and the page in its bounds', async ({ page }) => {
  const orderId = `"><img src=x onerror=alert(1)>\u202e${'W'.repeat(180)}`
  const made = await open(page, {
    orderId,
    redirectUrl: 'https://shop.example/',
    customMetadata: JSON.stringify({ '"><script>alert(2)</script>': '\u0000&status=paid' }),
  })
  await expect(page.getByText(orderId)).toBeVisible()
  await pay(made, 'late')
  await expect(checkoutOn(page).state).toHaveText('The money came too late')
  await expectFitForThumbs(page)
})

test('axe finds nothing in any state, light and dark, on a phone and a desktop', async ({
  page,
}) => {
  const checkout = checkoutOn(page)
  await open(page)
  await expectAccessible(page, 'waiting')
  await checkout.choice.click()
  await checkout.drawer.click()
  await expectAccessible(page, 'choosing')
  await open(page, { type: 'deposit' })
  await page.getByRole('textbox').fill('a lot')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await expectAccessible(page, 'deposit')

  await sandbox.control('chains/84532', { isStalled: true })
  await pay(await open(page), 'exact')
  await expect(page.getByText('makes no blocks at the moment')).toBeVisible()
  await expect(checkout.state).toHaveText(/^Payment seen/)
  await expectAccessible(page, 'confirming')
  await sandbox.control('chains/84532', { isStalled: false })

  const ends = [
    ['over', 'Paid, with more than was due'],
    ['two', 'Too little was paid'],
    ['late', 'The money came too late'],
    ['expire', 'The payment expired'],
    ['fail', 'The transaction failed'],
  ] as const
  const ended = await Promise.all(
    ends.map(async ([outcome, headline]) => {
      const made = await sandbox.create({ redirectUrl: 'https://shop.example/thanks' })
      await pay(made, outcome)
      return { made, headline }
    }),
  )
  await sandbox.control('clock/advance', { ms: 60_000 })
  for (const { made, headline } of ended) {
    await page.goto(made.paymentUrl)
    await expect(checkout.state).toHaveText(headline)
    await expectAccessible(page, headline)
  }
})

test('a link that leads to no payment says so', async ({ page }) => {
  await page.goto(`${sandbox.url}/checkout?paymentId=x&secret=y`)
  await expect(page.getByRole('heading')).toHaveText('This link leads to no payment')
  await expectAccessible(page, 'no payment')
})

async function open(page: Page, order?: Order): Promise<OpenPayment> {
  const made = await sandbox.create(order)
  await page.goto(made.paymentUrl)
  return made
}

function checkoutOn(page: Page) {
  return {
    state: page.getByRole('status'),
    amount: page.locator('#amount'),
    choice: page.locator('#choice-summary'),
    drawer: page.locator('#simulate-summary'),
    said: page.locator('#said'),
  }
}

async function pay({ paymentId }: OpenPayment, outcome: string): Promise<void> {
  await sandbox.control(`payments/${paymentId}/simulate`, { outcome })
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}

/** Nothing scrolls sideways, nothing to press is smaller than a thumb. */
async function expectFitForThumbs(page: Page): Promise<void> {
  const { width, small } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    small: [...document.querySelectorAll('main :is(a, button, summary, input)')]
      .filter((element) => element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.textContent),
  }))
  expect(width, 'width of the page').toBeLessThanOrEqual(phone.width)
  expect(small, 'too small for a thumb').toEqual([])
}

async function expectAccessible(page: Page, state: string): Promise<void> {
  const schemes = [
    ['light', phone],
    ['dark', desktop],
  ] as const
  for (const [colorScheme, viewport] of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize(viewport)
    const { violations } = await new AxeBuilder({ page })
      // There are no frames to put together, which is what takes its time.
      .setLegacyMode(true)
      .options({ resultTypes: ['violations'] })
      .withTags(standards)
      .analyze()
    const told = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    )
    expect.soft(told, `${state}, ${colorScheme}`).toEqual([])
  }
}

/** Presses Tab until the focus stands there, as a person without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Tab')
        return target.evaluate((element) => element === document.activeElement)
      },
      { intervals: [0], timeout: 10_000 },
    )
    .toBe(true)
}
