import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen } from '../desk/payments-screen.ts'

const field = { name: 'Search payments by order, id, address, hash or metadata' } as const

test('what is typed with its name becomes a filter, and the free words stay text', async ({
  page,
}) => {
  await openPayments(page)
  const search = page.getByRole('combobox', field)
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
  const search = page.getByRole('combobox', field)
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

test('with the keyboard alone a search is completed, searched, edited as text and left as it was', async ({
  page,
}) => {
  await openPayments(page)
  const search = page.getByRole('combobox', field)
  const list = page.getByRole('listbox', { name: 'Completions' })
  await page.keyboard.press('/')
  await expect(list).toBeHidden()
  await page.keyboard.type('sta')
  await expect(list.getByRole('option', { name: 'status:' })).toContainText("SpacePay's word")
  await expect(search).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Tab')
  await expect(search).toHaveValue('status:')
  await page.keyboard.type('fai')
  await page.keyboard.press('ArrowDown')
  const marked = list.getByRole('option', { selected: true })
  await expect(marked).toHaveText('failed')
  await expect(search).toHaveAttribute('aria-activedescendant', /^search-completions-0$/)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.keyboard.press('Enter')
  await expect(search).toHaveValue('status:failed')
  await expect(list).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\?status=failed$/)

  // What a judgement means is said before it is chosen.
  await page.keyboard.type('is:')
  await expect(list.getByRole('option', { name: 'late' })).toContainText('its quote expired')
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(search).toBeFocused()
  await search.fill('')

  // All of it as text, with the caret at its end.
  await page.keyboard.press('F2')
  await expect(search).toHaveValue('status:failed')
  await expect(page.getByRole('button', { name: /^Remove filter/ })).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Remove filter: status/ })).toBeVisible()
  await expect(page).toHaveURL(/\?status=failed$/)
  await page.keyboard.press('F2')
  await page.keyboard.type(',expired created:last-7d')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\?status=failed$/)
  await page.keyboard.press('F2')
  await page.keyboard.type(',expired created:last-7d')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(
    /status=failed%2Cexpired&created=last-7d|status=failed,expired&created=last-7d/,
  )
})

test('a plain order and Enter search for just that, whatever could be completed', async ({
  page,
}) => {
  await openPayments(page)
  const search = page.getByRole('combobox', field)
  await search.fill('order')
  await expect(page.getByRole('option', { name: 'order:' })).toBeVisible()
  await search.press('Enter')
  await expect(page).toHaveURL(/\?q=order$/)
  await expect(search).toHaveValue('order')
  await expect(page.getByRole('listbox', { name: 'Completions' })).toBeHidden()
})

test('the examples of the help can be tried, from the field, from a slip and where nothing was found', async ({
  page,
}) => {
  await openPayments(page)
  const help = page.getByRole('dialog', { name: 'How to search' })
  await page.getByRole('search').getByRole('button', { name: 'How to search' }).click()
  await help.getByRole('button', { name: /^status:failed,expired/ }).click()
  await expect(help).toBeHidden()
  await expect(page).toHaveURL(/status=failed/)

  const search = page.getByRole('combobox', field)
  await search.fill('amount:20..10')
  await search.press('Enter')
  const slip = page.getByText('The smallest amount is above the largest.')
  await expect(slip).toBeVisible()
  await page.getByRole('button', { name: 'How to search' }).last().click()
  await expect(help).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  // An id of the right form that is no payment's.
  await page.goto('/payments?q=3f0e9a52-5a0c-4c5e-9a53-0f6f3b9e1c11')
  await expect(page.getByText(/Withdrawals and webhook events have such ids, too/)).toBeVisible()
  await page.getByRole('button', { name: 'How to search' }).last().click()
  await expect(help).toBeVisible()
})

test('days chosen by their name stay relative in the address, days of the calendar stay fixed', async ({
  page,
}) => {
  await openPayments(page)
  const screen = paymentsScreen(page)
  await screen.filter('Created').click()
  await page.getByRole('button', { name: 'Last 7 days' }).click()
  await expect(page).toHaveURL(/\?created=last-7d$/)
  await expect(screen.chip('created last 7 days')).toBeVisible()
  await screen.filter('Created').click()
  await expect(page.getByRole('button', { name: 'Last 7 days', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.getByRole('gridcell').getByRole('button', { disabled: false }).first().click()
  await expect(page).toHaveURL(/\?from=\d{4}-\d{2}-\d{2}/)
  await expect(page).not.toHaveURL(/created=/)
})

test('lines and ten thousand characters that are pasted are not cut: Find many takes them', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPayments(page)
  const search = page.getByRole('combobox', field)
  const lines = Array.from({ length: 700 }, (_, index) => `ORDER-${10_000 + index}-x`)
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines.join('\n'))
  await search.focus()
  await page.waitForLoadState('networkidle')
  await search.press('ControlOrMeta+v')
  await expect(page.getByText(/You pasted 700 lines/)).toBeVisible()
  await expect(search).toHaveValue('')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await search.press('Escape')
  await expect(page.getByText(/You pasted 700 lines/)).toBeHidden()

  const long = 'x'.repeat(10_000)
  await search.fill(long)
  await expect(page.getByText(/these are 10,000\. Nothing was cut/)).toBeVisible()
  await expect(search).toHaveValue(long)
  await expect(page).toHaveURL(/\/payments$/)
  await search.fill('')

  await search.press('ControlOrMeta+v')
  await page.getByRole('link', { name: 'Find all 700 at once' }).click()
  await expect(page).toHaveURL(/\/payments\/find\?show=all$/)
})

test.describe('in the dark, on a phone', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 390, height: 844 } })

  test('completions, help and slips fit and can be read', async ({ page }) => {
    await openPayments(page)
    const search = page.getByRole('combobox', field)
    const fits = () =>
      page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
    await search.fill('is:')
    await page.getByRole('option', { name: 'underpaid' }).click()
    await expect(search).toHaveValue('is:underpaid')
    await search.fill('is:underpaid sta')
    await expect(page.getByRole('option', { name: 'status:' })).toBeVisible()
    expect(await fits()).toBe(true)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await search.fill('staus:failed')
    await search.press('Enter')
    await expect(page.getByText(/Did you mean status:/)).toBeVisible()
    expect(await fits()).toBe(true)
    await page.getByRole('button', { name: 'How to search' }).last().click()
    await expect(page.getByRole('dialog', { name: 'How to search' })).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    expect(await fits()).toBe(true)
  })
})
