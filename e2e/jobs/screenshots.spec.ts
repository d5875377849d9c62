import { resolve } from 'node:path'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen, shownPayments } from '../desk/payments-screen.ts'

const folder = resolve(import.meta.dirname, '../../docs/screenshots')

/** For the README: `playwright test --grep @screenshot` draws it anew. */
test('the payments list with one payment open', { tag: '@screenshot' }, async ({ page }) => {
  const screen = paymentsScreen(page)
  await openPayments(page)
  const shown = await shownPayments(screen.table)
  const paid = shown.find(({ status }) => status.startsWith('Completed'))
  if (!paid) throw new Error('no completed payment is in view')
  await openPayments(page, `?open=${paid.id}`)
  await expect(screen.drawer.getByRole('img', { name: /QR code/ })).toBeVisible()
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${folder}/payments.png`, animations: 'disabled' })
})
