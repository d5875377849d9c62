import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen, settled, shownPayments } from '../desk/payments-screen.ts'
import { createPayment, newOrderId, someCompletedPayment } from '../desk/sandbox.ts'

test.describe('the search of the list', () => {
  test('finds by the order id', async ({ page }) => {
    const { orderId } = await someCompletedPayment()
    await searchList(page, orderId)
    await onlyShown(page, orderId)
  })

  test('finds by the transaction hash', async ({ page }) => {
    const { orderId, txHash } = await someCompletedPayment()
    await searchList(page, txHash)
    await onlyShown(page, orderId)
  })

  test('finds by the deposit address, in whatever case the customer sends it', async ({ page }) => {
    const { orderId, depositAddress } = await someCompletedPayment()
    await searchList(page, `  0x${depositAddress.slice(2).toUpperCase()} `)
    await onlyShown(page, orderId)
  })

  test('finds by the payment id', async ({ page }) => {
    const { id, orderId } = await someCompletedPayment()
    await searchList(page, id)
    await onlyShown(page, orderId)
  })

  test('finds by a value of the metadata', async ({ page }) => {
    const orderId = newOrderId()
    const customer = `cus_${newOrderId('x').toLowerCase()}`
    await createPayment({ orderId, metadata: JSON.stringify({ customer_id: customer }) })
    await openPayments(page)
    await expect(async () => {
      await openPayments(page, `?q=${customer}`)
      await onlyShown(page, orderId)
    }).toPass()
    await searchList(page, customer)
    await onlyShown(page, orderId)
  })

  test('says what a miss may mean and how to go on', async ({ page }) => {
    await searchList(page, 'ORDER-THAT-NEVER-WAS')
    await expect(page.getByRole('heading', { name: 'No payment matches' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(page).toHaveURL('/payments')
    await settled(page)
    await expect(paymentsScreen(page).search).toHaveValue('')
  })
})

test.describe('quick find', () => {
  test('opens the payment behind a pasted explorer link with Ctrl K, paste, Enter', async ({
    page,
    context,
  }) => {
    const { id, txHash } = await someCompletedPayment()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await openPayments(page)
    await copied(page, `https://sepolia.basescan.org/tx/${txHash}`)
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox')).toBeFocused()
    await page.keyboard.press('Control+v')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`/payments/${id}`)
    await expect(page.getByRole('article')).toBeVisible()
  })

  test('works from the page of another payment', async ({ page }) => {
    const [one, other] = [await someCompletedPayment(3), await someCompletedPayment(4)]
    await page.goto(`/payments/${one.id}`)
    await page.getByRole('article', { name: `Payment ${one.orderId}` }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill(other.orderId)
    await expect(page.getByRole('option').first()).toContainText(other.orderId)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('article', { name: `Payment ${other.orderId}` })).toBeVisible()
  })

  test('a slip in an order number leads to the payment that was meant', async ({ page }) => {
    const { orderId } = await someCompletedPayment(5)
    await openPayments(page)
    await page.keyboard.press('Control+k')
    const dialog = page.getByRole('dialog', { name: 'Command palette' })
    await dialog.getByRole('combobox').fill(orderId.replaceAll('-', '_'))
    await expect(dialog).toContainText('(written another way)')
    await dialog.getByRole('link', { name: orderId, exact: true }).click()
    await expect(page.getByRole('article', { name: `Payment ${orderId}` })).toBeVisible()
  })

  test('says what a miss may mean, and Esc gives the focus back', async ({ page }) => {
    await openPayments(page)
    const button = page.getByRole('button', { name: /^Search order/ })
    await button.focus()
    await page.keyboard.press('Enter')
    await page
      .getByRole('dialog')
      .getByRole('combobox')
      .fill(`0x${'0'.repeat(64)}`)
    const dialog = page.getByRole('dialog', { name: 'Command palette' })
    await expect(dialog).toContainText('No payment matches')
    await expect(dialog).toContainText('Check that nothing was cut off')
    await expect(dialog).toContainText('A whole transaction hash, but no payment carries it.')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(button).toBeFocused()
  })
})

test.describe('an open payment', () => {
  test('stands in the address, Back closes it and Forward opens it again', async ({ page }) => {
    const { id, orderId } = await someCompletedPayment(2)
    const screen = paymentsScreen(page)
    await openPayments(page, `?q=${orderId}`)
    await screen.link(orderId).click()
    await expect(screen.drawer.getByRole('article')).toContainText(orderId)
    await expect(page).toHaveURL(`/payments?q=${orderId}&open=${id}`)
    await page.goBack()
    await expect(screen.drawer).toBeHidden()
    await expect(page).toHaveURL(`/payments?q=${orderId}`)
    await page.goForward()
    await expect(screen.drawer.getByRole('article')).toContainText(orderId)
    await page.reload()
    await expect(screen.drawer.getByRole('article')).toContainText(orderId)
  })

  test('closes with Esc and gives the focus back to its row', async ({ page }) => {
    const { orderId } = await someCompletedPayment(2)
    const screen = paymentsScreen(page)
    await openPayments(page)
    await screen.search.fill(orderId)
    await expect(page).toHaveURL(`/payments?q=${orderId}`)
    await settled(page)
    await screen.link(orderId).press('Enter')
    await expect(screen.drawer.getByRole('article')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(screen.drawer).toBeHidden()
    await expect(screen.link(orderId)).toBeFocused()
    await expect(page).toHaveURL(`/payments?q=${orderId}`)
  })

  test('has a page of its own with the same content', async ({ page }) => {
    const { id, orderId, txHash, depositAddress } = await someCompletedPayment(2)
    const screen = paymentsScreen(page)
    await openPayments(page, `?open=${id}`)
    await expect(screen.drawer.getByRole('article')).toBeVisible()
    const drawn = await screen.drawer.getByRole('article').getByRole('heading').allTextContents()
    await screen.drawer.getByRole('link', { name: 'Open page' }).click()
    await expect(page).toHaveURL(`/payments/${id}`)
    const article = page.getByRole('article', { name: `Payment ${orderId}` })
    await expect(article.getByRole('heading').first()).toContainText(orderId)
    expect(await article.getByRole('heading').allTextContents()).toEqual(drawn)
    await expect(article).toContainText(`${txHash.slice(0, 6)}…${txHash.slice(-4)}`)
    await expect(article.getByRole('img', { name: 'Deposit address as a QR code' })).toBeVisible()
    await article.getByRole('button', { name: 'Raw JSON from SpacePay' }).click()
    await expect(article.getByLabel('Raw JSON', { exact: true })).toContainText(depositAddress)
    await page.getByRole('link', { name: 'All payments' }).click()
    await expect(screen.table).toBeVisible()
  })

  test('is read again from SpacePay on request', async ({ page }) => {
    const { id } = await someCompletedPayment(2)
    await page.goto(`/payments/${id}`)
    await page.getByRole('button', { name: 'Refresh from SpacePay' }).click()
    await expect(page.getByRole('main')).toContainText('Up to date with SpacePay')
  })
})

test('the list is walked with the keyboard alone', async ({ page }) => {
  const screen = paymentsScreen(page)
  await openPayments(page)
  const [first, second, third] = await shownPayments(screen.table)
  if (!first || !second || !third) throw new Error('the list is empty')

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  await page.keyboard.press('j')
  await expect(screen.link(first.orderId)).toBeFocused()
  await page.keyboard.press('j')
  await expect(screen.link(second.orderId)).toBeFocused()
  await page.keyboard.press('k')
  await expect(screen.link(first.orderId)).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(screen.drawer.getByRole('article')).toContainText(second.orderId)

  await page.keyboard.press('j')
  await expect(screen.drawer.getByRole('article')).toContainText(third.orderId)
  await expect(page).toHaveURL(`/payments?open=${third.id}`)
  await page.keyboard.press('k')
  await expect(screen.drawer.getByRole('article')).toContainText(second.orderId)
  await page.keyboard.press('Escape')
  await expect(screen.drawer).toBeHidden()
  await expect(screen.link(second.orderId)).toBeFocused()

  await page.keyboard.press('/')
  await expect(screen.search).toBeFocused()
  await page.keyboard.type('jk?')
  await expect(screen.search).toHaveValue('jk?')
})

test('a copied address shows a colleague the same screen', async ({ page, anotherBrowser }) => {
  const screen = paymentsScreen(page)
  await openPayments(page, '?status=completed&network=eip155%3A137&sort=amount_desc')
  const rows = await shownPayments(screen.table)
  const [first] = rows
  if (!first) throw new Error('the list is empty')
  await screen.link(first.orderId).click()
  await expect(screen.drawer.getByRole('article')).toBeVisible()

  const colleague = await (await anotherBrowser()).newPage()
  await colleague.goto(page.url())
  const theirs = paymentsScreen(colleague)
  await expect(theirs.drawer.getByRole('article')).toContainText(first.orderId)
  await expect(theirs.chip('status Completed')).toBeVisible()
  await expect(theirs.chip('network Polygon')).toBeVisible()
  expect(await shownPayments(theirs.table)).toEqual(rows)
})

async function searchList(page: Page, text: string): Promise<void> {
  await openPayments(page)
  await paymentsScreen(page).search.fill(text)
}

async function onlyShown(page: Page, orderId: string): Promise<void> {
  await expect
    .poll(async () => (await shownPayments(paymentsScreen(page).table)).map((row) => row.orderId))
    .toEqual([orderId])
}

/** Somebody copied this elsewhere. */
async function copied(page: Page, text: string): Promise<void> {
  await page.evaluate(async (copy) => navigator.clipboard.writeText(copy), text)
}
