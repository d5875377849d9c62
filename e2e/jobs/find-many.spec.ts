import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments } from '../desk/payments-screen.ts'
import { soldOnce } from '../desk/sandbox.ts'

test('support pastes 200 lines and learns which are payments, what they come to and what is missing', async ({
  page,
}) => {
  const sold = await soldOnce()
  const byOrder = sold.slice(0, 184)
  const [byHash, byLink] = sold.slice(184).filter(({ txHash }) => txHash !== null)
  const byId = sold.slice(184).find(({ id }) => id !== byHash?.id && id !== byLink?.id)
  const [first, second, third] = byOrder
  if (!byHash || !byLink || !byId || !first || !second || !third)
    throw new Error('Too little sold.')
  const swapped = first.orderId.replace(/(\d)(\d)$/, '$2$1')
  const lines = [
    ...byOrder.map(({ orderId }) => orderId),
    byHash.txHash,
    `https://sepolia.basescan.org/tx/${byLink.txHash}`,
    byId.id,
    ...[first, second, third].map(({ orderId }) => orderId.toLowerCase()),
    `0x${'00'.repeat(32)}`,
    'zoe@example.com',
    '=1+1',
    second.depositAddress.slice(0, -3),
    `0x${'0f'.repeat(20)}`,
    'GONE-00001',
    'GONE-00002',
    '',
    first.orderId,
    'gone-00001',
  ]
  expect(lines).toHaveLength(200)
  const cents = [...byOrder, byHash, byLink, byId].reduce((sum, one) => sum + one.amountCents, 0)
  const total = (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })

  await page.goto('/payments/find')
  await page.getByRole('button', { name: 'Find', exact: true }).click()
  await expect(page.getByText('Paste or choose something to look up first.')).toBeVisible()
  await paste(page, lines.join('\n'))
  await expect(
    page.getByText('199 lines · 194 to look up · 4 of them more than once'),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Find 194' }).click()
  await expect(
    shown(page, `187 found, 7 not found, 4 more than once · 187 payments, ${total}`),
  ).toBeVisible()
  await expect(page.getByText(`${first.orderId} (lines 1, 188, 199)`)).toBeVisible()

  await tab(page, 'Not found').click()
  await expect(page).toHaveURL(/show=missing/)
  const rows = page.getByRole('table').getByRole('row')
  await expect(rows.filter({ hasText: '0x0000…0000' })).toContainText('A whole transaction hash')
  await expect(rows.filter({ hasText: 'zoe@example.com' })).toContainText('An e-mail address')
  const cut = rows.filter({ hasText: `Did you mean ${second.orderId}` })
  await expect(cut).toContainText('37 digits after 0x where an address has 40')
  await cut.getByRole('link', { name: second.orderId }).click()
  const drawer = page.getByRole('dialog', { name: 'Payment', exact: true })
  await expect(drawer).toContainText(second.orderId)
  await page.keyboard.press('Escape')

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy misses' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('\n')).toHaveLength(7)

  // A reload, the way back and the way on keep the lines.
  await page.reload()
  await expect(shown(page, '187 found, 7 not found')).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^desk-find-many-\d{4}-\d\d-\d\d\.csv$/)
  const csv = await readFile(await file.path(), 'utf8')
  const [head, ...records] = csv.trimEnd().split('\r\n')
  expect(head).toMatch(/^\uFEFFLine,Also on lines,Looked up,Result,Matched on,Payment id,/)
  expect(records).toHaveLength(194)
  expect(records[0]).toContain(`1,"188, 199",${first.orderId},found,order id,${first.id},`)
  expect(records[184]).toContain(`185,,${byHash.txHash},found,transaction hash,${byHash.id},`)
  expect(records.filter((record) => record.includes(',not found,'))).toHaveLength(7)
  expect(records.find((record) => record.includes('1+1'))).toContain(",,'=1+1,not found,")

  await page.getByRole('link', { name: 'Change lines' }).click()
  await paste(page, `${swapped}\nnothing-like-this`)
  await page.getByRole('button', { name: 'Find 2' }).click()
  await expect(shown(page, 'found, ')).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel(/^One per line/)).toHaveValue(`${swapped}\nnothing-like-this`)
})

test('a list from a chat, pasted where one looks for anything, is looked up line by line', async ({
  page,
}) => {
  const [first, second] = await soldOnce()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPayments(page)
  const lines = `${first?.orderId}\nGONE-00001\n${second?.orderId}`
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Control+v')
  await expect(shown(page, '2 found, 1 not found')).toBeVisible()
  await expect(page).toHaveURL('/payments/find?show=all')
  await page.getByRole('link', { name: 'Change lines' }).click()
  await expect(page.getByLabel(/^One per line/)).toHaveValue(lines)
  await page.reload()
  await expect(page.getByLabel(/^One per line/)).toHaveValue(lines)

  await page.goto('/attention')
  await expect(page.getByRole('heading', { name: 'Needs attention' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('find many')
  await expect(page.getByRole('option', { name: 'Find many' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/payments/find')
})

test('j, k and Enter walk the hits; the payment opens beside the lines and its page leads back', async ({
  page,
}) => {
  const [first, second] = await soldOnce()
  if (!first || !second) throw new Error('Too little sold.')
  await page.goto('/payments/find')
  await paste(page, `${first.orderId}\nGONE-00001\n${second.orderId}`)
  await page.getByRole('button', { name: 'Find 3' }).click()
  await expect(shown(page, '2 found, 1 not found')).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: 'Payment', exact: true })
  await expect(drawer).toContainText(first.orderId)
  await page.keyboard.press('j')
  await expect(drawer).toContainText(second.orderId)
  await expect(page).toHaveURL(new RegExp(`open=${second.id}`))
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(page.getByRole('link', { name: second.orderId })).toBeFocused()
})

test('a CSV of a European shop, in Latin-1 and with semicolons, is read by its column of orders', async ({
  page,
}) => {
  const sold = (await soldOnce()).slice(0, 3)
  const rows = sold.map(({ orderId }, index) => `Zoë;${orderId};"12,5${index}";01.11.2026`)
  const csv = ['Käufer;Bestell-Nr.;Betrag;Datum', ...rows].join('\r\n')
  await page.goto('/payments/find')
  await page.getByLabel('File with ids').setInputFiles({
    name: 'verkäufe.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(csv, 'latin1'),
  })
  await expect(page.getByText('verkäufe.csv')).toBeVisible()
  const column = page.getByLabel('Column to look up')
  await expect(column.locator('option:checked')).toHaveText(`Bestell-Nr.: ${sold[0]?.orderId}`)
  await expect(page.getByRole('checkbox', { name: 'The first row is a heading' })).toBeChecked()
  await column.selectOption({ label: 'Käufer: Zoë' })
  await expect(page.getByText('3 rows · 1 to look up · 1 of them more than once')).toBeVisible()
  await column.selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Find 3' }).click()
  await expect(shown(page, '3 found, 0 not found')).toBeVisible()
  // Rows have the numbers that the spreadsheet shows.
  await expect(page.getByRole('row').filter({ hasText: sold[0]?.orderId ?? '' })).toContainText('2')
  await tab(page, 'Not found').click()
  await expect(page.getByRole('heading', { name: 'Every line is a payment' })).toBeVisible()

  await page.getByRole('link', { name: 'Change lines' }).click()
  await page.getByLabel('File with ids').setInputFiles({
    name: 'sales.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0xff, 0x21]),
  })
  await expect(page.getByText(/sales\.xlsx is no text file\. Save a workbook as CSV/)).toBeVisible()
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['order_id\nGONE-00009\n'], 'dropped.txt', { type: 'text/plain' }))
    return data
  })
  await page.getByLabel(/^One per line/).dispatchEvent('drop', { dataTransfer: dropped })
  await expect(page.getByText('1 line · 1 to look up')).toBeVisible()
  await expect(page.getByText('dropped.txt')).toBeVisible()
})

test('more than a thousand lines are looked up a thousand at a time, and none is lost', async ({
  page,
}) => {
  const [sold] = await soldOnce()
  const lines = Array.from({ length: 1_004 }, (_, index) => `GONE-${10_000 + index}`)
  await page.goto('/payments/find')
  await paste(page, [...lines, sold?.orderId].join('\n'))
  await expect(page.getByText('you can go on with lines 1001–1005')).toBeVisible()
  await page.getByRole('button', { name: 'Find 1,000' }).click()
  await expect(shown(page, '0 found, 1,000 not found')).toBeVisible()
  await page.getByRole('button', { name: 'Go on with the rest' }).click()
  await expect(shown(page, '1 found, 4 not found')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing, ${colorScheme}, at ${width} pixels`, async ({ anotherBrowser }) => {
      const context = await anotherBrowser({
        colorScheme,
        viewport: { width, height: 844 },
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      const [first, second] = await soldOnce()
      await page.goto('/payments/find')
      await paste(page, `Order;Note\n${first?.orderId};a\n${second?.orderId};b\nGONE-00001;c`)
      await expect(page.getByLabel('Column to look up')).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)
      await page.getByRole('button', { name: 'Find 3' }).click()
      await expect(shown(page, '2 found, 1 not found')).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)
      await tab(page, 'Not found').click()
      await expect(page.getByText('No payment carries this.')).toBeVisible()
      await expectAccessible(page)
    })
  }
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel(/^One per line/).fill(text)
}

/** On the screen, and not only said to screen readers. */
function shown(page: Page, text: string) {
  return page.locator('#main').getByText(text)
}

function tab(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Lines' }).getByRole('link', { name })
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

async function expectNoSideways(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
}
