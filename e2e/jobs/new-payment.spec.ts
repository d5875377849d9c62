import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments } from '../desk/payments-screen.ts'
import { someCompletedPayment } from '../desk/sandbox.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

test('support makes a payment and hands its link on; a reload makes no second one', async ({
  page,
}) => {
  await page.goto('/payments/new')
  const orderId = `ORDER-${crypto.randomUUID().slice(0, 8)}`
  await page.getByLabel('Amount in US dollars').fill('49.90')
  await page.getByLabel('Order id').fill(orderId)
  await page.getByRole('button', { name: 'Add a value' }).click()
  await page.getByLabel('Name 1').fill('customer_id')
  await page.getByLabel('Value 1').fill('cus_51')
  // What was typed survives a reload.
  await page.reload()
  await expect(page.getByLabel('Order id')).toHaveValue(orderId)
  await page.getByRole('button', { name: 'Create payment' }).dblclick()
  await expect(page.getByRole('heading', { name: 'Payment created' })).toBeVisible()
  await expect(page.getByText(`$49.90 · order ${orderId} · pending`)).toBeVisible()

  await page.getByRole('button', { name: 'Show the link' }).click()
  const link = await page.getByText(/\/checkout\?paymentId=/).innerText()
  await expect(page.getByRole('img', { name: 'Payment link as a QR code' })).toBeVisible()
  const checkout = await page.request.get(link)
  expect(await checkout.text()).toContain('$49.90')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await page.reload()
  await expect(page.getByRole('heading', { name: 'Payment created' })).toBeVisible()
  await openPayments(page, `?q=${orderId}`)
  await expect(page.getByRole('row', { name: new RegExp(orderId) })).toHaveCount(1)
})

test('what is wrong stands at its field', async ({ page }) => {
  await page.goto('/payments/new')
  await page.getByLabel('Amount in US dollars').fill('3')
  await page.getByRole('button', { name: 'Create payment' }).click()
  await expect(page.getByText(/Enter an amount from 4/)).toBeVisible()
  await expect(page.getByText(/Enter the order id/)).toBeVisible()
  await page.getByLabel('Return address').fill('javascript:alert(1)')
  await page.getByRole('button', { name: 'Create payment' }).click()
  await expect(page.getByText(/Enter a web address/)).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
})

test('a new payment from an old one is filled in and linked both ways', async ({ page }) => {
  const { id, orderId } = await someCompletedPayment(3)
  await page.goto(`/payments/${id}`)
  await page.getByRole('link', { name: 'New payment from this' }).click()
  await expect(page.getByLabel('Order id')).toHaveValue(orderId)
  await page.getByRole('button', { name: 'Create payment' }).click()
  await page.getByRole('link', { name: 'Open the payment' }).click()
  await expect(page.getByText('Takes the place of')).toBeVisible()
  await page.getByText('Takes the place of').getByRole('link').click()
  await expect(page.getByText('A new one took its place')).toBeVisible()
})

test.describe('an auditor', () => {
  test.use({ storageState: nobody })

  test('is told why not', async ({ page }) => {
    await page.goto('/sign-in')
    await continueAs(page, 'Auditor')
    await page.goto('/payments/new')
    await expect(page.getByText(/needs the role Support, Finance or Admin/)).toBeVisible()
  })
})
