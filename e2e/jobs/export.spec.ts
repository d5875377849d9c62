import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Download, Page } from '@playwright/test'
import { countClicks } from '../desk/count-clicks.ts'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen, shownPayments } from '../desk/payments-screen.ts'
import { createPayment, newOrderId } from '../desk/sandbox.ts'
import { emailOf, nobody, type Persona } from '../desk/sign-in.ts'

test.use({ storageState: nobody })

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test('finance gets the month-end file of a saved view in two clicks, as CSV and exactly as listed', async ({
  page,
}) => {
  const name = `Month end ${Date.now()}`
  await signInAs(page, 'Finance')
  await openPayments(page, '?status=completed&q=ORDER-715')
  await page.getByRole('button', { name: 'Save view' }).click()
  const saving = page.getByRole('dialog', { name: 'Save view' })
  await saving.getByLabel('Name').fill(name)
  await saving.getByRole('button', { name: 'Save view' }).click()
  await expect(viewTab(page, name)).toHaveAttribute('aria-current', 'page')
  await chooseOnce(page, 'CSV')

  await page.goto('/payments')
  await viewTab(page, name).click()
  await expect(page).toHaveURL(/view=/)
  const { table } = paymentsScreen(page)
  await expect(page.getByText(/^\d+ payments?/).first()).toBeVisible()
  const clicks = await countClicks(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('button', { name: 'Create export' }).click()
  const file = await download
  expect(await clicks()).toBe(2)

  expect(file.suggestedFilename()).toMatch(/^desk-payments-[0-9a-z]{10}\.csv$/)
  const lines = (await textOf(file)).trimEnd().split('\r\n')
  expect(lines[0]).toMatch(/^\uFEFFPayment id,Order id,Type,Status,/)
  const listed = await shownPayments(table)
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(listed.map(({ id }) => id))
  const notice = page.getByRole('region', { name: 'Exports under way' })
  await expect(notice).toContainText('Your export is ready')
  await expect(notice).toContainText(`${listed.length} payments`)

  // It is still there after a reload, and is not downloaded a second time.
  let again = 0
  page.on('download', () => (again += 1))
  await page.reload()
  await expect(notice).toContainText('Your export is ready')
  expect(again).toBe(0)
  for (const left of [1, 0]) {
    await notice.getByRole('button', { name: 'Dismiss' }).first().click()
    await expect(notice.getByRole('button', { name: 'Dismiss' })).toHaveCount(left)
  }
  await expect(notice).toBeHidden()
})

test('running it again names what changed since; the manifest has the sums', async ({ page }) => {
  const order = newOrderId('export')
  await createPayment({ orderId: order, amountCents: 12_345 })
  await signInAs(page, 'Finance')
  await openPayments(page, `?q=${order}`)
  await expect(paymentsScreen(page).link(order)).toBeVisible()
  await chooseOnce(page, 'Excel')
  await page.getByRole('link', { name: 'All exports' }).click()

  const card = page.getByRole('article', { name: `Export of “${order}”` })
  await expect(card.first()).toContainText('1 payment as of')
  await expect(card.first()).toContainText('$123.45')
  const manifest = await downloaded(page, () =>
    card.first().getByRole('link', { name: 'Manifest' }).click(),
  )
  expect(JSON.parse(await textOf(manifest))).toMatchObject({
    rows: 1,
    asked: { words: order },
    totals: { currencies: [{ currency: 'USD', payments: 1, gross: '123.45' }] },
    requestedBy: { name: 'Finance' },
  })

  const later = `${order}-B`
  await createPayment({ orderId: later, amountCents: 300 })
  const watcher = await page.context().newPage()
  await openPayments(watcher, `?q=${order}`)
  await expect(paymentsScreen(watcher).link(later)).toBeVisible()
  await watcher.close()
  await card.first().getByRole('button', { name: 'Run again' }).click()
  const difference = page.getByRole('link', { name: '1 added since the run before' })
  await difference.click()
  await expect(page.getByRole('heading', { level: 1, name: 'What changed' })).toBeVisible()
  const changes = page.getByRole('list', { name: 'Payments that differ' })
  await expect(changes.getByRole('listitem')).toHaveCount(1)
  await expect(changes).toContainText(later)
  await expect(changes).toContainText('3.00')
  await expect(page.getByRole('row', { name: /^This run/ })).toContainText('$126.45')
  await expect(page.getByRole('row', { name: /^Run before/ })).toContainText('$123.45')
  await expectAccessible(page, 'what changed')
})

test('an auditor takes any file, makes none, and reads in the log who took what', async ({
  page,
  anotherBrowser,
}) => {
  await signInAs(page, 'Finance')
  await openPayments(page, '?q=ORDER-7150')
  await chooseOnce(page, 'Excel')

  const auditor = await (await anotherBrowser({ storageState: nobody })).newPage()
  await signInAs(auditor, 'Auditor')
  await auditor.goto('/exports')
  const theirs = auditor.getByRole('article', { name: 'Export of “ORDER-7150”' }).first()
  await theirs.getByRole('button', { name: 'Run again' }).hover()
  await expect(auditor.getByText('This needs the role Finance or Admin.')).toBeVisible()
  const taken = await downloaded(auditor, () =>
    theirs.getByRole('link', { name: 'Download' }).click(),
  )
  expect(taken.suggestedFilename()).toMatch(/\.xlsx$/)
  await auditor.goto('/audit?action=export.download')
  await expect(
    auditor
      .getByRole('table')
      .getByText(/downloaded the export/)
      .first(),
  ).toBeVisible()
})

test('support sees why there is nothing to export for them', async ({ page }) => {
  await signInAs(page, 'Support')
  await openPayments(page)
  await page.getByRole('button', { name: 'Export', exact: true }).hover()
  await expect(page.getByText('This needs the role Finance or Admin.')).toBeVisible()
  await page.goto('/exports')
  await expect(
    page.getByRole('heading', { name: 'Exports are not among your roles' }),
  ).toBeVisible()
})

for (const [device, viewport, colorScheme] of [
  ['phone', { width: 390, height: 844 }, 'dark'],
  ['desktop', { width: 1440, height: 900 }, 'light'],
] as const) {
  test.describe(`on a ${device}`, () => {
    test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('exports are made and found by keyboard alone, and axe finds nothing', async ({
      page,
    }) => {
      await signInAs(page, 'Finance')
      await openPayments(page, '?q=ORDER-7150')
      await page.getByRole('button', { name: 'Export', exact: true }).focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Export payments' })
      await expect(dialog).toContainText('“ORDER-7150”')
      await expectAccessible(page, 'dialog')
      await dialog.getByLabel('CSV').press('Space')
      await expect(dialog.getByLabel('Begin with the UTF-8 mark')).toBeVisible()
      await downloaded(page, () =>
        dialog.getByRole('button', { name: 'Create export' }).press('Enter'),
      )
      await expect(page.getByRole('region', { name: 'Exports under way' })).toContainText(
        'Your export is ready',
      )
      await expectAccessible(page, 'notice')
      await page.getByRole('link', { name: 'All exports' }).press('Enter')
      await expect(page.getByRole('article').first()).toContainText('SHA-256')
      await expectAccessible(page, 'exports')
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      expect(isWide).toBe(false)
    })
  })
}

/** Makes one export in a format, which the next ones begin with. */
async function chooseOnce(page: Page, format: 'CSV' | 'Excel'): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Export payments' })
  await dialog.getByText(format, { exact: true }).click()
  await downloaded(page, () => dialog.getByRole('button', { name: 'Create export' }).click())
}

async function downloaded(page: Page, act: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return download
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8')
}

function viewTab(page: Page, name: string) {
  return page
    .getByRole('navigation', { name: 'Saved views' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
}

/** Signs this page's browser in as one of the demo's people, without the way over the sign-in page. */
async function signInAs(page: Page, persona: Persona): Promise<void> {
  const origin = `http://localhost:${process.env['DESK_PORT']}`
  const answer = await page.request.post('/api/auth/sign-in/demo', {
    data: { email: emailOf(persona) },
    headers: { origin },
  })
  expect(answer.status()).toBe(204)
}

async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
  expect(
    violations.map(({ id, help }) => `${id}: ${help}`),
    where,
  ).toEqual([])
}
