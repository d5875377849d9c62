import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments } from '../desk/payments-screen.ts'

const field = { name: 'Search payments by order, id, address, hash or metadata' } as const

test('what is typed with its name becomes a filter, and the free words stay text', async ({
  page,
}) => {
  await openPayments(page)
  const search = page.getByRole('textbox', field)
  await search.fill('status:failed is:underpaid ORDER')
  await search.press('Enter')
  await expect(page).toHaveURL(/q=ORDER/)
  await expect(page).toHaveURL(/status=failed/)
  await expect(page).toHaveURL(/is=underpaid/)
  await expect(search).toHaveValue('ORDER')
  await page.getByRole('button', { name: 'Remove filter: is underpaid' }).click()
  await expect(page).not.toHaveURL(/is=/)
})

test('a slip is marked in its place with a way out, and the last result stays', async ({
  page,
}) => {
  await openPayments(page, '?status=failed')
  const state = page.getByText(/payments · \$/)
  const before = await state.innerText()
  const search = page.getByRole('textbox', field)
  await search.fill('staus:failed')
  await search.press('Enter')
  await expect(page.getByText('There is no "staus:". Did you mean status:?')).toBeVisible()
  await expect(page).toHaveURL(/\?status=failed$/)
  expect((await state.innerText()).split(' · ')[0]).toBe(before.split(' · ')[0])
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: 'Use status:failed' }).click()
  await search.press('Enter')
  await expect(search).toHaveValue('')
})

test('a condition of the grammar stands in the address and finds what it says', async ({
  page,
}) => {
  await openPayments(page, `?with=${encodeURIComponent('-status:completed order:ORDER')}`)
  await expect(page.getByRole('button', { name: /Remove filter: not status/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /Completed/ })).toHaveCount(0)
  await expect(page.getByRole('row', { name: /ORDER-/ }).first()).toBeVisible()
})
