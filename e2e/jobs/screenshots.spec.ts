import { resolve } from 'node:path'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen } from '../desk/payments-screen.ts'
import { createPayment, customerDoes } from '../desk/sandbox.ts'

const folder = resolve(import.meta.dirname, '../../docs/screenshots')

/** For the README: `playwright test --grep @screenshot` draws it anew. */
test('the payments list with one payment open', { tag: '@screenshot' }, async ({ page }) => {
  const screen = paymentsScreen(page)
  const { id, orderId } = await createPayment({
    orderId: 'ORDER-88271',
    metadata: JSON.stringify({ customer_id: 'cus_91f4', cart_id: 'c-51', channel: 'web' }),
  })
  await customerDoes(id, 'exact')
  await openPayments(page)
  await page.getByRole('button', { name: '1 new' }).or(screen.link(orderId)).first().waitFor()
  await openPayments(page, `?open=${id}`)
  await expect(screen.row(orderId)).toContainText('Completed')
  await expect(screen.drawer.getByText('→ completed')).toBeVisible()
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${folder}/payments.png`, animations: 'disabled' })
})
