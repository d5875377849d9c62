import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Download, Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { createPayment, newOrderId, paymentWhereCustomer } from '../desk/sandbox.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

test.use({ storageState: nobody })

/** A month that is over; statements of the last one are another story's. */
const month = monthsAgo(2)

const screens = [
  ['the list of days', `/settlements?from=${month}-01&to=${month}-28`, '.recharts-surface'],
  ['an open day', `/settlements?from=${month}-10&to=${month}-12&day=${month}-10`, 'article'],
  ['a month', `/settlements/months/${month}`, 'tfoot'],
] as const

/** Finance closes the books of a month; an admin is the second person. */
test.describe('settlements', () => {
  test('finance sees each business day, opens one and goes on to its payments', async ({
    page,
  }) => {
    await paymentWhereCustomer('exact')
    await page.goto('/')
    await continueAs(page, 'Finance')
    await page.getByRole('link', { name: 'Settlements' }).click()
    const days = page.getByRole('table', { name: 'Settlements by business day' })
    const today = days.getByRole('row', { name: /^Today/ })
    await expect(today).toContainText(/\$[1-9]/, { timeout: 20_000 })
    await expect(days.getByRole('row', { name: /^Total/ })).toContainText('$')
    await today.getByRole('link').click()
    const day = page.getByRole('dialog', { name: 'Business day' })
    await expect(day.getByRole('list', { name: 'Payments inside' })).toBeVisible()
    await expect(page).toHaveURL(/day=\d{4}-\d{2}-\d{2}/)
    await day.getByRole('link', { name: 'Open in the payments list' }).click()
    await expect(page).toHaveURL(/\/payments\?with=completed/)
    await expect(page.getByText(/^\d+ payments?/).first()).toBeVisible()
  })

  test('every chart has its figures as a table and as files', async ({ page }) => {
    await createPayment({ orderId: newOrderId() })
    await page.goto('/')
    await continueAs(page, 'Finance')
    await page.goto('/settlements')
    const chart = page.getByRole('region', { name: 'Net by business day' })
    await expect(chart.locator('.recharts-surface').first()).toBeVisible()
    const picture = await taken(page, () =>
      chart.getByRole('button', { name: 'Download “Net by business day” as PNG' }).click(),
    )
    expect((await bytesOf(picture)).subarray(1, 4).toString()).toBe('PNG')
    const figures = await taken(page, () =>
      chart.getByRole('button', { name: 'Download “Net by business day” as CSV' }).click(),
    )
    const lines = (await bytesOf(figures)).toString().trimEnd().split('\r\n')
    expect(lines[0]).toBe('\uFEFFBusiness day,Payments,Gross,Fees,Net,Net so far')
    await chart.getByRole('button', { name: 'View as table' }).click()
    await expect(chart.getByRole('row')).toHaveCount(lines.length)
    for (const name of [
      'Gross by token',
      'Gross by network',
      'Month over month',
      'How long money took',
    ]) {
      await expect(page.getByRole('region', { name })).toBeVisible()
    }
  })

  test('a month is closed, its file is the same when run again, and two people reopen it', async ({
    page,
    anotherBrowser,
  }) => {
    await page.goto('/')
    await continueAs(page, 'Finance')
    await page.goto('/settlements/months')
    await page.getByRole('table', { name: 'Months' }).getByRole('link', { name: monthName }).click()
    await expect(page.getByRole('heading', { level: 1, name: monthName })).toBeVisible()
    const checklist = page.getByRole('list', { name: 'Checklist' })
    await expect(checklist).toContainText('business days are over')
    await expect(checklist).not.toContainText('Blocks')
    await page.getByRole('button', { name: 'Close month…' }).click()
    const closing = page.getByRole('dialog', { name: `Close ${monthName}?` })
    await closing.getByRole('textbox').fill('The bank sends its statement next week.')
    await closing.getByRole('button', { name: 'Close month' }).click()
    await expect(page.getByText('by Finance,')).toBeVisible()
    await expect(page.getByText('Nothing has changed')).toBeVisible()

    await page.emulateMedia({ media: 'print' })
    await expect(page.getByText('SpacePay settlement report')).toBeVisible()
    await expect(page.getByRole('navigation')).toHaveCount(0)
    await expect(page.getByRole('table', { name: 'Business days of the month' })).toBeVisible()
    await page.emulateMedia({ media: 'screen' })

    const files = page.getByRole('list', { name: 'Files' })
    await page.getByRole('button', { name: 'Make Excel report' }).click()
    await expect(files.getByRole('link', { name: 'Download' })).toHaveCount(1)
    const first = await taken(page, () => files.getByRole('link', { name: 'Download' }).click())
    expect(first.suggestedFilename()).toBe(`desk-month-${month}.xlsx`)
    await page.getByRole('button', { name: 'Make Excel report' }).click()
    await expect(files).toContainText('Same as before, to the byte')
    const again = await taken(page, () =>
      files.getByRole('link', { name: 'Download' }).first().click(),
    )
    expect(await bytesOf(again)).toEqual(await bytesOf(first))
    await page.getByRole('button', { name: 'Make journal' }).click()
    await expect(files).toContainText(`desk-journal-${month}.csv`)
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Propose to reopen…' }).click()
    const proposing = page.getByRole('dialog', { name: 'Propose to reopen this month?' })
    await proposing.getByLabel('Reason').fill('A late invoice')
    await proposing.getByRole('button', { name: 'Propose to reopen' }).click()
    await expect(page.getByText('Finance proposed to reopen this month')).toBeVisible()
    await page.getByRole('button', { name: 'Decide…' }).hover()
    await expect(page.getByText('somebody else must decide')).toBeVisible()

    const admin = await (await anotherBrowser({ storageState: nobody })).newPage()
    await admin.goto('/')
    await continueAs(admin, 'Admin')
    await admin.goto(`/settlements/months/${month}`)
    await admin.getByRole('button', { name: 'Decide…' }).click()
    await admin.getByRole('button', { name: 'Reopen month' }).click()
    await expect(admin.getByRole('list', { name: 'Checklist' })).toBeVisible()
    await expect(admin.getByText(/was closed by Finance/)).toBeVisible()
  })

  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      for (const [screen, path, shown] of screens) {
        test(`${screen} is accessible in ${theme} at ${width} px`, async ({ page }) => {
          await page.emulateMedia({ colorScheme: theme })
          await page.setViewportSize({ width, height: 900 })
          await page.goto('/')
          await continueAs(page, 'Finance')
          await page.goto(path)
          await expect(page.locator(shown).first()).toBeVisible()
          await expectAccessible(page)
        })
      }
    }
  }
})

const monthName = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
}).format(new Date(`${month}-01T00:00:00Z`))

function monthsAgo(count: number): string {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 1))
    .toISOString()
    .slice(0, 7)
}

async function taken(page: Page, press: () => Promise<void>): Promise<Download> {
  const download = page.waitForEvent('download')
  await press()
  return download
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path())
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > window.innerWidth,
  )
  expect(isTooWide).toBe(false)
}
