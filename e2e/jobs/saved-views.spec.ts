import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen, settled, shownPayments } from '../desk/payments-screen.ts'
import { createPayment } from '../desk/sandbox.ts'
import { continueAs, nobody, type Persona } from '../desk/sign-in.ts'

test.use({ storageState: nobody })

test('finance saves a question, shares it, changes it and deletes it; a colleague without the role never sees it', async ({
  page,
  anotherBrowser,
}) => {
  const name = `Failed ${Date.now()}`
  await signInAs(page, 'Finance')
  await openPayments(page, '?status=failed')
  await page.getByRole('button', { name: 'Save view' }).click()
  const saving = page.getByRole('dialog', { name: 'Save view' })
  await saving.getByRole('button', { name: 'Save view' }).click()
  await expect(saving.getByText('Give it a name of at most 60 characters.')).toBeVisible()
  await saving.getByLabel('Name').fill(name)
  await saving.getByLabel('Who sees it').selectOption('Everybody in Finance')
  await saving.getByRole('button', { name: 'Save view' }).click()
  await expect(page).toHaveURL(/status=failed&view=/)
  const link = page.url()
  const tab = viewTab(page, name)
  await expect(tab).toHaveAttribute('aria-current', 'page')
  const count = Number(/^\d+/.exec(await page.getByText(/^\d+ payments/).innerText())?.[0])
  await expect(tab).toContainText(`${name}${count}`)

  const { chip } = paymentsScreen(page)
  await page.getByRole('columnheader', { name: 'Amount' }).getByRole('button').click()
  await expect(tab).toContainText('changed since it was saved')
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(tab).not.toContainText('changed')
  await page.getByRole('columnheader', { name: 'Amount' }).getByRole('button').click()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(tab).not.toContainText('changed')
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'Amount' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )

  const support = await (await anotherBrowser({ storageState: nobody })).newPage()
  await signInAs(support, 'Support')
  await expect(viewTab(support, name)).toBeHidden()
  await support.goto(link)
  await expect(support.getByText('was deleted, or it is not shared with you')).toBeVisible()
  await expect(support.getByText('what it asked for when the link was made')).toBeVisible()
  await expect(paymentsScreen(support).chip('status Failed')).toBeVisible()

  const admin = await (await anotherBrowser({ storageState: nobody })).newPage()
  await signInAs(admin, 'Admin')
  await viewTab(admin, name).click()
  await actions(admin, 'Rename…')
  const naming = admin.getByRole('dialog', { name: /^Rename/ })
  await naming.getByLabel('Name').fill(`${name} again`)
  await naming.getByRole('button', { name: 'Rename view' }).click()
  // It changes before the eyes of whoever has it open.
  await expect(viewTab(page, `${name} again`)).toBeVisible()

  await actions(page, 'Delete…')
  const asking = page.getByRole('dialog', { name: `Delete the view “${name} again”?` })
  await expect(asking).toContainText('everybody who holds Finance')
  await asking.getByRole('button', { name: 'Delete view' }).click()
  await expect(page).not.toHaveURL(/view=/)
  await expect(chip('status Failed')).toBeVisible()
  await expect(viewTab(admin, name)).toBeHidden()
})

test('a link that names a view and nothing else asks for what the view asks for', async ({
  page,
}) => {
  await signInAs(page, 'Support')
  const name = `Expired ${Date.now()}`
  await openPayments(page, '?status=expired')
  await saveView(page, name)
  const id = new URL(page.url()).searchParams.get('view')
  await openPayments(page, `?view=${id}`)
  await expect(page).toHaveURL(`/payments?status=expired&view=${id}`)
  await paymentsScreen(page).chip('status Expired').click()
  // Whoever asks for everything has left the view.
  await expect(page).toHaveURL('/payments')
  await expect(viewTab(page, 'All')).toHaveAttribute('aria-current', 'page')
  await openPayments(page, '?view=nothing-like-this')
  await expect(page.getByText('so the list shows every payment')).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page).toHaveURL('/payments')
})

test('columns, widths and density are kept, in another browser and in both tabs, until they are reset', async ({
  page,
  anotherBrowser,
}) => {
  await signInAs(page, 'Approver')
  const { table } = paymentsScreen(page)
  const other = await page.context().newPage()
  await openPayments(other)
  await page.getByRole('button', { name: 'Display' }).click()
  const panel = page.getByRole('dialog', { name: 'Display' })
  await panel.getByRole('checkbox', { name: 'Net', exact: true }).check()
  await panel.getByRole('checkbox', { name: 'Network' }).uncheck()
  await expect(panel.getByRole('checkbox', { name: 'Order' })).toBeDisabled()
  await panel.getByText('Compact').click()
  const net = panel.getByRole('checkbox', { name: 'Net', exact: true })
  await net.focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(net).toBeFocused()
  await panel.getByLabel('Width of Amount').fill('200')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const names = ['Created', 'Order', 'Status', 'Amount', 'Received', 'Net', 'Address']
  await expect.poll(() => columnNames(table)).toEqual(names)
  await expect.poll(() => columnNames(paymentsScreen(other).table)).toEqual(names)
  expect(await widthOf(table, 'Amount')).toBe(200)

  await drag(page, table.getByRole('columnheader', { name: 'Status' }), -60)
  await expect.poll(() => widthOf(table, 'Status')).toBe(168)
  const saved = page.waitForResponse((answer) => answer.url().includes('preferences.changeList'))
  await saved
  const elsewhere = await (await anotherBrowser({ storageState: nobody })).newPage()
  await signInAs(elsewhere, 'Approver')
  await settled(elsewhere)
  const there = paymentsScreen(elsewhere).table
  expect(await columnNames(there)).toEqual(names)
  expect(await widthOf(there, 'Status')).toBe(168)
  expect(await rowHeight(there)).toBe(32)

  await page.getByRole('button', { name: 'Display' }).click()
  await panel.getByRole('button', { name: 'Reset' }).click()
  await expect.poll(() => rowHeight(table)).toBe(40)
  await expect.poll(() => columnNames(table)).toContain('Network')
  await expect.poll(() => rowHeight(paymentsScreen(other).table)).toBe(40)
  await other.close()
})

test('rows are picked by Shift and by key, counted, added up and copied', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await signInAs(page, 'Support')
  await openPayments(page, '?status=completed')
  const { table } = paymentsScreen(page)
  const shown = await shownPayments(table)
  const boxes = table.getByRole('checkbox')
  await boxes.nth(1).click()
  await boxes.nth(4).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: 'Selection' })
  await expect(bar).toContainText('4 selected · $')
  await bar.getByRole('button', { name: 'Copy ids' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('\n')).toEqual(shown.slice(0, 4).map(({ id }) => id))

  // From elsewhere the walk begins with the first row, which is let go.
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(bar).toContainText('3 selected')
  for (const key of ['j', 'j', 'j', 'j', 'Shift+X']) await page.keyboard.press(key)
  await expect(bar).toContainText('5 selected')
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()

  await boxes.first().click()
  await bar.getByRole('button', { name: /^Select all \d+ that match/ }).click()
  const total = Number(/^\d+/.exec(await page.getByText(/^\d+ payments/).innerText())?.[0])
  await expect(bar).toContainText(`${total} selected`)
})

test('several payments are handed over at once, for one reason', async ({ page }) => {
  const orders = [`MANY-${Date.now()}-1`, `MANY-${Date.now()}-2`]
  for (const orderId of orders) await createPayment({ orderId })
  await signInAs(page, 'Support')
  await openPayments(page, `?q=${orders[0]?.slice(0, -2)}`)
  const { table } = paymentsScreen(page)
  await expect(table.getByRole('checkbox')).toHaveCount(3)
  await table.getByRole('checkbox').first().click()
  await page.getByRole('button', { name: 'Hand over' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hand over 2 payments' })
  await dialog.getByLabel('Reason').fill('Both were paid twice')
  await dialog.getByRole('button', { name: 'Hand over to Finance' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Display' }).click()
  await page.getByRole('checkbox', { name: 'With whom' }).check()
  await page.keyboard.press('Escape')
  for (const orderId of orders) {
    await expect(paymentsScreen(page).row(orderId)).toContainText('Finance')
  }
})

test('going back leads to where the list was, with what was picked; what was read stands back', async ({
  page,
}) => {
  await signInAs(page, 'Support')
  await openPayments(page, '?status=completed')
  const { table } = paymentsScreen(page)
  await table.getByRole('checkbox').nth(1).click()
  await table.hover()
  await page.mouse.wheel(0, 3_000)
  await expect.poll(() => scrolled(table)).toBeGreaterThan(2_000)
  const at = await scrolled(table)
  await page.getByRole('link', { name: /^Needs attention/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Needs attention' })).toBeVisible()
  await page.goBack()
  await expect.poll(() => scrolled(table)).toBe(at)
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('1 selected')

  const link = table.getByRole('link').nth(14)
  await expect(link).toHaveCSS('font-weight', '500')
  await link.click()
  await page.keyboard.press('Escape')
  await expect(link).toHaveCSS('font-weight', '400')
  await page.reload()
  await settled(page)
})

test.describe('without a mouse', () => {
  test('somebody saves a view, opens another and comes back', async ({ page }) => {
    await signInAs(page, 'Auditor')
    await openPayments(page, '?status=failed')
    const name = `By key ${Date.now()}`
    await tabTo(page, page.getByRole('button', { name: 'Save view' }))
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Name')).toBeFocused()
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await expect(viewTab(page, name)).toHaveAttribute('aria-current', 'page')
    await tabTo(page, viewTab(page, 'All'), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL('/payments')
    await tabTo(page, viewTab(page, name))
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/view=/)
    await tabTo(page, page.getByRole('button', { name: `Actions for the view ${name}` }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Rename…' })).toBeVisible()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    const asking = page.getByRole('dialog', { name: /^Delete the view/ })
    await tabTo(page, asking.getByRole('button', { name: 'Delete view' }))
    await page.keyboard.press('Enter')
    await expect(viewTab(page, name)).toBeHidden()
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`axe finds nothing about views, ${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } })

      test('open, changed, saving, gone and with rows picked', async ({ page }) => {
        await signInAs(page, 'Finance')
        const name = `Axe ${colorScheme} ${viewport.width} ${Date.now()}`
        await openPayments(page, '?q=ORDER-7150')
        await page.getByRole('button', { name: 'Save view' }).click()
        await expectAccessible(page)
        await page.getByRole('dialog').getByLabel('Name').fill(name)
        await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
        await expect(viewTab(page, name)).toBeInViewport()
        await page.goto(`${page.url()}&sort=amount_desc`)
        await expect(viewTab(page, name)).toContainText('changed since it was saved')
        await expectAccessible(page)
        await page.getByRole('button', { name: `Actions for the view ${name}` }).click()
        await expectAccessible(page)
        await page.getByRole('menuitem', { name: 'Delete…' }).click()
        await expectAccessible(page)
        await page.getByRole('button', { name: 'Delete view' }).click()
        await openPayments(page, '?view=gone&q=ORDER-7150')
        await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible()
        await expectAccessible(page)
        if (viewport.width > 767) {
          await page.getByRole('button', { name: 'Display' }).click()
          await expect(page.getByRole('list', { name: 'Columns' })).toBeVisible()
          await expectAccessible(page)
          await page.keyboard.press('Escape')
          await paymentsScreen(page).table.getByRole('checkbox').first().check()
          await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible()
          await expectAccessible(page)
        }
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow).toBe(0)
      })
    })
  }
}

async function signInAs(page: Page, persona: Persona): Promise<void> {
  await page.goto('/sign-in')
  await continueAs(page, persona)
  await openPayments(page)
}

function viewTab(page: Page, name: string): Locator {
  const tabs = page.getByRole('navigation', { name: 'Saved views' })
  return tabs.getByRole('link', { name: new RegExp(`^${name}`) })
}

async function saveView(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
  await expect(viewTab(page, name)).toHaveAttribute('aria-current', 'page')
}

async function actions(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: /^Actions for the view/ }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function columnNames(table: Locator): Promise<readonly string[]> {
  const names = await table.getByRole('columnheader').allInnerTexts()
  return names.map((name) => name.trim()).filter((name) => name !== '')
}

async function widthOf(table: Locator, name: string): Promise<number> {
  const box = await table.getByRole('columnheader', { name }).boundingBox()
  return Math.round(box?.width ?? 0)
}

async function rowHeight(table: Locator): Promise<number> {
  const box = await table.locator('tr[data-row]').first().boundingBox()
  return Math.round(box?.height ?? 0)
}

/** Takes the right edge of a column and moves it. */
async function drag(page: Page, head: Locator, by: number): Promise<void> {
  const box = await head.boundingBox()
  if (!box) throw new Error('The column is not on screen.')
  const [x, y] = [box.x + box.width - 3, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + by / 2, y)
  await page.mouse.move(x + by, y)
  await page.mouse.up()
}

async function scrolled(table: Locator): Promise<number> {
  return table.evaluate((element) => element.parentElement?.scrollTop ?? 0)
}

async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.keyboard.press(key)
        return target.evaluate((element) => element === document.activeElement)
      },
      { intervals: [0], timeout: 15_000 },
    )
    .toBe(true)
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect.soft(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
