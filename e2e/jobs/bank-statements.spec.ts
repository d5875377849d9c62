import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { countClicks } from '../desk/count-clicks.ts'
import { expect, test } from '../desk/desk-test.ts'
import { sandboxUrl } from '../desk/sandbox.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

test.use({ storageState: nobody })
test.describe.configure({ mode: 'serial' })

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test('finance imports a month, sees what could not be read, and most of it is matched at once', async ({
  page,
}) => {
  await signIn(page, 'Finance')
  await page.goto('/settlements/bank')
  await expect(page.getByRole('heading', { name: 'Nothing waits to be matched' })).toBeVisible()
  await page.getByRole('button', { name: 'Import statement' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a bank account' })
  const importing = page.getByRole('dialog', { name: 'Import a bank statement' })
  await adding.getByLabel('Name').fill('Main dollars')
  await adding.getByLabel('IBAN or account number').fill('GB29 NWBK 6016 1331 9268 19')
  await adding.getByRole('button', { name: 'Add account' }).click()

  await importing.getByLabel('File').setInputFiles(file(await statement('csv'), 'last-month.csv'))
  await expect(importing.getByText('UTF-8, separated by semicolons')).toBeVisible()
  // Which line comes first depends on what the month had.
  await expect(importing.getByRole('row').nth(1)).toContainText('SPACEPAY')
  await importing.getByRole('button', { name: 'Import', exact: true }).click()

  const panel = page.getByRole('article', { name: 'Statement last-month.csv' })
  await expect(panel).toContainText('The date “31.02.2026” is no day.')
  await expect(panel).not.toContainText('being matched')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('link', { name: 'Matched', exact: true }).click()
  const payout = page.getByRole('link', { name: /^SPACEPAY PAYOUT \d{8}$/ }).first()
  await payout.click()
  await expect(page.getByRole('list', { name: 'Matches' })).toContainText('Its reference names')
})

test.describe('what is no statement', () => {
  test.use({ expectedFaults: [/status of 4\d\d/] })

  test('is refused in words, and the same file adds nothing', async ({ page }) => {
    await signIn(page, 'Finance')
    await page.goto('/settlements/bank')
    await page.getByRole('button', { name: 'Import statement' }).click()
    const importing = page.getByRole('dialog', { name: 'Import a bank statement' })
    const refusals: readonly (readonly [string, Buffer, string])[] = [
      ['statement.pdf', Buffer.from('%PDF-1.7'), 'This is a PDF.'],
      ['statement.csv', Buffer.from('hello\n'), 'No columns were found'],
      ['large.csv', Buffer.from(`Date,Amount\n${'2026-11-01,1.00\n'.repeat(1_500_000)}`), '20 MB'],
      ['bomb.xml', Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><x/>'), 'refused unread'],
      ['again.csv', Buffer.from(await statement('csv')), 'this very file'],
    ]
    for (const [name, buffer, words] of refusals) {
      await importing.getByLabel('File').setInputFiles({ name, mimeType: 'text/csv', buffer })
      const send = importing.getByRole('button', { name: 'Import', exact: true })
      if (!['statement.pdf', 'statement.csv'].includes(name)) await send.click()
      await expect(importing.getByRole('alert')).toContainText(words)
    }
  })
})

test('a bank line is matched two clicks from home, and the match can be taken back', async ({
  page,
}) => {
  await signIn(page, 'Finance')
  await page.goto('/settlements/bank')
  await page.getByRole('button', { name: 'Import statement' }).click()
  const importing = page.getByRole('dialog', { name: 'Import a bank statement' })
  await importing.getByLabel('File').setInputFiles(file(await bareCredit(), 'credit.csv'))
  await importing.getByRole('button', { name: 'Import', exact: true }).click()
  const kept = page.getByRole('article', { name: 'Statement credit.csv' })
  await expect(kept).not.toContainText('being matched')
  await page.goto('/')
  const clicks = await countClicks(page)
  await page.getByRole('link', { name: /bank lines? unmatched/ }).click()
  const line = page.getByRole('article', { name: /^Bank line/ })
  const title = await line.getAttribute('aria-label')
  await line
    .getByRole('button', { name: /^Match with/ })
    .first()
    .click()
  await expect(page.getByRole('article', { name: title ?? '', exact: true })).toBeHidden()
  expect(await clicks()).toBe(2)

  await page.goto('/settlements/bank?lines=matched')
  await page.getByRole('link', { name: 'SPACEPAY by hand' }).click()
  await line.getByRole('button', { name: 'Undo match' }).click()
  const undo = page.getByRole('dialog', { name: 'Undo this match' })
  await undo.getByLabel('Why').fill('It was for another day')
  await undo.getByRole('button', { name: 'Undo match' }).click()
  await expect(line.getByText('It was for another day')).toBeVisible()
  await expect(line.getByText('Waiting', { exact: true })).toBeVisible()

  await line.getByRole('button', { name: 'Put aside' }).click()
  const aside = page.getByRole('dialog', { name: 'Put this line aside' })
  await aside.getByLabel('Why').fill('A refund of their fee')
  await aside.getByRole('button', { name: 'Put aside' }).click()
  await expect(line.getByText('A refund of their fee')).toBeVisible()
})

test('two lines that are the money of one day are matched together, and the statement shows its own lines', async ({
  page,
}) => {
  await signIn(page, 'Finance')
  await page.goto('/settlements/bank')
  await page.getByRole('button', { name: 'Import statement' }).click()
  const importing = page.getByRole('dialog', { name: 'Import a bank statement' })
  await importing.getByLabel('File').setInputFiles(file(await twoParts(), 'two-parts.csv'))
  await importing.getByRole('button', { name: 'Import', exact: true }).click()
  const kept = page.getByRole('article', { name: 'Statement two-parts.csv' })
  await expect(kept).not.toContainText('being matched')
  await kept.getByRole('link', { name: 'Show its lines' }).click()
  const table = page.getByRole('table', { name: 'Bank lines' })
  await expect(table.getByRole('link')).toHaveText(['SPACEPAY part two', 'SPACEPAY part one'])

  await table.getByRole('link', { name: 'SPACEPAY part one' }).click()
  await page.getByRole('button', { name: 'Choose days' }).click()
  const choosing = page.getByRole('form', { name: 'Choose days' })
  await choosing.getByRole('checkbox').first().check()
  await expect(choosing.getByRole('list', { name: 'What each day gets' })).toContainText('$0.12')
  await choosing.getByText('Together with other lines').click()
  await choosing.getByRole('checkbox', { name: /SPACEPAY part two$/ }).check()
  await expect(choosing).toContainText('2 lines, $0.46')
  await expect(choosing.getByRole('list', { name: 'What each day gets' })).toContainText('$0.46')
  await expectAccessible(page)
  await choosing.getByLabel('Why').fill('Their bank sent it in two parts')
  await choosing.getByRole('button', { name: 'Match by hand' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(table.getByRole('cell', { name: 'Matched', exact: true })).toHaveCount(2)
  await page.getByRole('button', { name: 'Remove filter: Statement two-parts.csv' }).click()
  await expect(table.getByRole('link', { name: /^SPACEPAY PAYOUT/ }).first()).toBeVisible()
})

test('an auditor reads it all and is told why nothing can be changed', async ({ page }) => {
  await signIn(page, 'Auditor')
  await page.goto('/settlements/bank')
  const button = page.getByRole('button', { name: 'Import statement' })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await page
    .getByRole('link', { name: /SPACEPAY/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: 'Put aside' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [device, viewport] of Object.entries(sizes)) {
    test.describe(`axe finds nothing, ${colorScheme}, on a ${device}`, () => {
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } })

      test('in the list and a line', async ({ page }) => {
        await signIn(page, 'Finance')
        await page.goto('/settlements/bank?lines=all')
        await expect(page.getByRole('table', { name: 'Bank lines' })).toBeVisible()
        await expectAccessible(page)
        const isTooWide = await page.evaluate(() => document.body.scrollWidth > innerWidth)
        expect(isTooWide).toBe(false)
        await page.getByRole('link', { name: /^SPACEPAY BONUS/ }).click()
        await page.getByRole('button', { name: 'Choose days' }).click()
        await expect(page.getByRole('form', { name: 'Choose days' })).toBeVisible()
        await expectAccessible(page)
      })

      test('in a file that is looked at', async ({ page }) => {
        await signIn(page, 'Finance')
        await page.goto('/settlements/bank')
        await page.getByRole('button', { name: 'Import statement' }).click()
        const importing = page.getByRole('dialog', { name: 'Import a bank statement' })
        await importing.getByLabel('File').setInputFiles(file(await statement('csv'), 'x.csv'))
        await importing.getByText('Which column is which').click()
        await expectAccessible(page)
      })
    })
  }
}

async function signIn(page: Page, persona: 'Finance' | 'Auditor'): Promise<void> {
  await page.goto('/sign-in')
  await continueAs(page, persona)
}

/** What the bank of the sandbox's shop says of last month, with what is wrong on purpose. */
function statement(format: 'csv' | 'xml'): Promise<string> {
  return statementOf(1, format, 10)
}

/** A credit of two months ago without a reference, a little less than a day brought. */
async function bareCredit(): Promise<string> {
  const text = await statementOf(2, 'csv', 0)
  const [payout = ''] = text.split('\r\n').filter((row) => /SPACEPAY PAYOUT \d{8};/.test(row))
  const [booked = '', amount = ''] = payout.split(';')
  const cents = Number(amount.replaceAll(/[.,]/g, '')) - 1
  const written = `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`
  return `Date;Amount;Reference\r\n${booked};${written};SPACEPAY by hand\r\n`
}

/** Two small credits without a reference on the day of such a payout. */
async function twoParts(): Promise<string> {
  const [, line = ''] = (await bareCredit()).split('\r\n')
  const [booked = ''] = line.split(';')
  return `Date;Amount;Reference\r\n${booked};0,12;SPACEPAY part one\r\n${booked};0,34;SPACEPAY part two\r\n`
}

async function statementOf(monthsAgo: number, format: string, faults: number): Promise<string> {
  const now = new Date()
  const firstOf = (month: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1)
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
  const from = dayOf(firstOf(-monthsAgo))
  const to = dayOf(firstOf(1 - monthsAgo) - 86_400_000)
  const answer = await fetch(
    `${sandboxUrl}/__sandbox/bank-statement.${format}?from=${from}&to=${to}&faults=${faults}`,
  )
  expect(answer.status).toBe(200)
  return answer.text()
}

function file(text: string, name: string) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text) }
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual(
    [],
  )
}
