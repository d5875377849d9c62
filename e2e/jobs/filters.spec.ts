import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { countPayments, listPaymentIds } from '../desk/desk-api.ts'
import { openPayments, paymentsScreen, settled, shownPayments } from '../desk/payments-screen.ts'

test('the status filter shows nothing but the chosen statuses, and its chip takes it away', async ({
  page,
}) => {
  const screen = paymentsScreen(page)
  await openPayments(page)
  await screen.filter('Status').click()
  await page.getByRole('checkbox', { name: 'Failed' }).check()
  await expect(page).toHaveURL('/payments?status=failed')
  await expectEvery(page, 'status', /^Failed/)
  await page.getByRole('checkbox', { name: 'Expired' }).check()
  await expect(page).toHaveURL(/status=failed(%2C|,)expired/)
  await expectEvery(page, 'status', /^(Failed|Expired)/)
  await page.keyboard.press('Escape')
  await expect(screen.filter('Status')).toBeFocused()
  await screen.chip('status Failed, Expired').click()
  await expect(page).toHaveURL('/payments')
})

test('the network filter shows nothing but the chosen network', async ({ page }) => {
  const screen = paymentsScreen(page)
  await openPayments(page)
  await screen.filter('Network').click()
  await page.getByRole('checkbox', { name: 'Polygon' }).check()
  await expect(screen.chip('network Polygon')).toBeVisible()
  await expectEvery(page, 'network', /^Polygon$/)
  const { count } = await countPayments(page.request, { networks: ['eip155:137'] })
  await expect(page.getByRole('main')).toContainText(`${count} payments`)
})

test('the amount filter takes dollars, refuses nonsense at the field, and keeps to its bounds', async ({
  page,
}) => {
  const screen = paymentsScreen(page)
  await openPayments(page)
  await screen.filter('Amount').click()
  const panel = page.getByRole('dialog', { name: 'Amount' })
  const least = panel.getByRole('textbox', { name: 'At least' })
  const most = panel.getByRole('textbox', { name: 'At most' })
  await least.fill('twenty')
  await panel.getByRole('button', { name: 'Apply' }).click()
  await expect(least).toHaveAccessibleDescription('Not an amount such as 149.99')
  await least.fill('20')
  await most.fill('49.99')
  await panel.getByRole('button', { name: 'Apply' }).click()
  await expect(page).toHaveURL('/payments?min=20.00&max=49.99')
  await expect(screen.chip('amount $20.00 – $49.99')).toBeVisible()
  await settled(page)
  const cents = (await shownPayments(screen.table)).map(({ amount }) => centsOf(amount))
  expect(cents.length).toBeGreaterThan(0)
  expect(cents.filter((amount) => amount < 2_000 || amount > 4_999)).toEqual([])
})

test('a date preset narrows the list to its business days', async ({ page }) => {
  const screen = paymentsScreen(page)
  await openPayments(page)
  await screen.filter('Created').click()
  await page.getByRole('button', { name: 'Last 30 days' }).click()
  await expect(screen.chip('created last 30 days')).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'Created' })).toBeHidden()
  await settled(page)
  expect(new URL(page.url()).searchParams.get('created'), 'days that move along').toBe('last-30d')
  const { count } = await countPayments(page.request, { createdPreset: 'last-30d' })
  await expect(page.getByRole('main')).toContainText(`${count} payments`)
})

test('a column head sorts one way and then the other, and the address remembers it', async ({
  page,
}) => {
  const { table } = paymentsScreen(page)
  await openPayments(page)
  const head = table.getByRole('columnheader', { name: 'Amount' })
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await expect(page).toHaveURL('/payments?sort=amount_desc')
  await expectSorted(page, (a, b) => b - a)
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await expect(page).toHaveURL('/payments?sort=amount_asc')
  await expectSorted(page, (a, b) => a - b)
  await page.reload()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await expectSorted(page, (a, b) => a - b)
})

test('filters and order written into the address by hand are what is shown', async ({ page }) => {
  const screen = paymentsScreen(page)
  await openPayments(
    page,
    '?status=completed,failed&network=eip155:8453&min=10&max=500&sort=amount_desc',
  )
  for (const chip of ['status Completed, Failed', 'network Base', 'amount $10.00 – $500.00']) {
    await expect(screen.chip(chip)).toBeVisible()
  }
  const ids = await listPaymentIds(page.request, {
    statuses: ['completed', 'failed'],
    networks: ['eip155:8453'],
    minCents: 1_000,
    maxCents: 50_000,
    sort: 'amount_desc',
  })
  const shown = (await shownPayments(screen.table)).map(({ id }) => id)
  expect(shown).toEqual(ids.slice(0, shown.length))
})

test('scrolling to the end shows every payment once, in order, over all pages', async ({
  page,
}) => {
  const { table } = paymentsScreen(page)
  const ids = await listPaymentIds(page.request, { statuses: ['completed'] })
  expect(ids.length, 'several pages').toBeGreaterThan(200)
  await openPayments(page, '?status=completed')
  const seen = new Map<number, string>()
  const lastRow = ids.length + 1
  await table.hover()
  await expect
    .poll(
      async () => {
        for (const { index, id } of await shownPayments(table)) seen.set(index, id)
        // Two of them may come before the next look, and nothing between may be missed.
        await page.mouse.wheel(0, 450)
        return Math.max(...seen.keys())
      },
      { intervals: [20], timeout: 20_000 },
    )
    .toBe(lastRow)
  await expect(table).toContainText(`End of the list, ${ids.length} in all`)
  const inOrder = [...seen].toSorted(([a], [b]) => a - b).map(([, id]) => id)
  expect(inOrder).toEqual(ids)
})

test('a nonsense address shows the list and names what was not understood', async ({ page }) => {
  await openPayments(
    page,
    `?status=%00&min=abc&from=2026-99-99&sort=up&q=${'x'.repeat(400)}&unknown=%F0%9F%92%A5`,
  )
  const screen = page.getByRole('main')
  for (const words of ['"abc" is not an amount', '"2026-99-99" is not a day', '"up"', '300']) {
    await expect(screen).toContainText(words)
  }
  expect((await shownPayments(paymentsScreen(page).table)).length).toBeGreaterThan(0)
  await screen.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(screen).not.toContainText('"abc"')
  await expect(page).not.toHaveURL(/min=|from=|sort=|status=|q=/)
})

for (const search of [
  '?status=completed&status=failed',
  '?q=%25_%5C&min=-1&max=99999999999999999999',
  '?token=%3Cscript%3E&network=javascript:alert(1)&type=%E2%80%AE',
  '?from=2026-11-30&to=2026-11-01&min=5&max=1',
  '?q=%E0%A4%A&sort[]=x&__proto__=y&constructor=z',
]) {
  test(`the address ${search} shows the payments screen, never a crash`, async ({ page }) => {
    await page.goto(`/payments${search}`)
    await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()
    const { table } = paymentsScreen(page)
    const nothing = page.getByRole('heading', { name: 'No payment matches' })
    await expect(table.getByRole('link').first().or(nothing)).toBeVisible()
  })
}

test('an address that opens no payment in particular shows the list alone', async ({ page }) => {
  const screen = paymentsScreen(page)
  await openPayments(page, '?open=')
  // With a payment open, this key would open the next one instead of walking the rows.
  await page.keyboard.press('j')
  await expect(screen.table.getByRole('link').first()).toBeFocused()
  await expect(page).toHaveURL('/payments?open=')
  await expect(screen.drawer).toBeHidden()
})

test.describe('the address of a payment that nobody knows', () => {
  test.use({ expectedFaults: [/status of 404/] })

  for (const id of [
    '00000000-0000-4000-8000-000000000000',
    'x'.repeat(500),
    '%00',
    '..%2F..%2Fetc',
  ]) {
    test(`says so and how to go on: ${id.slice(0, 40)}`, async ({ page }) => {
      await page.goto(`/payments/${id}`)
      await expect(page.getByRole('heading', { name: 'No such payment' })).toBeVisible()
      await expect(page.getByRole('alert')).toContainText('search by order id')
      await page.getByRole('link', { name: 'All payments' }).click()
      await expect(page).toHaveURL('/payments')
    })
  }

  test('in the drawer leaves the list as it is', async ({ page }) => {
    const screen = paymentsScreen(page)
    await openPayments(page, '?open=00000000-0000-4000-8000-000000000000')
    await expect(screen.drawer).toContainText('No such payment')
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL('/payments')
    expect((await shownPayments(screen.table)).length).toBeGreaterThan(0)
  })
})

test('an address that is no screen says so and leads back', async ({ page }) => {
  await page.goto('/paymints')
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to payments' }).click()
  await expect(page).toHaveURL('/payments')
})

async function expectEvery(page: Page, field: 'status' | 'network', form: RegExp): Promise<void> {
  await settled(page)
  const values = (await shownPayments(paymentsScreen(page).table)).map((row) => row[field])
  expect(values.length).toBeGreaterThan(0)
  expect(values.filter((value) => !form.test(value))).toEqual([])
}

async function expectSorted(page: Page, order: (a: number, b: number) => number): Promise<void> {
  await settled(page)
  const cents = (await shownPayments(paymentsScreen(page).table)).map(({ amount }) =>
    centsOf(amount),
  )
  expect(cents.length).toBeGreaterThan(5)
  expect(new Set(cents).size).toBeGreaterThan(1)
  expect(cents).toEqual(cents.toSorted(order))
}

function centsOf(amount: string): number {
  return Number(amount.replace(/[$,.]/g, ''))
}
