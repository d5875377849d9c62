import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { continueAs, nobody, type Persona } from '../desk/sign-in.ts'

test.use({ storageState: nobody })

const invoice = {
  name: 'invoice-2026-1188.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7\nInvoice 2026-1188, packaging, USD 41.00\n%%EOF\n'),
}
const invoiceSha256 = createHash('sha256').update(invoice.buffer).digest('hex')

test.describe('the evidence of a withdrawal', () => {
  test('has the invoice that finance attached and the approver opened, proves itself to the auditor and outside Desk', async ({
    page,
    anotherBrowser,
  }) => {
    // Three people, one after the other, and SpacePay.
    test.slow()
    await page.goto('/')
    await continueAs(page, 'Finance')
    await page.goto('/withdrawals/new')
    await page.getByLabel('Amount in US dollars').fill('41')
    await chooseSaved(page)
    await page.getByLabel('Reason').fill('Invoice 2026-1188, packaging')
    await page.getByLabel('Attachment').setInputFiles(invoice)
    await expect(page.getByRole('button', { name: `Remove ${invoice.name}` })).toBeVisible()
    await page.getByRole('button', { name: 'Review' }).click()
    await expect(page.getByRole('region', { name: 'Review' })).toContainText(invoice.name)
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    await expect(page.getByRole('article')).toContainText('Pending approval')
    await expect(page.getByRole('article')).toContainText(invoiceSha256)
    const here = new URL(page.url()).pathname
    // What she may not have says why.
    await expect(page.getByRole('button', { name: 'Evidence' })).toBeDisabled()

    const approver = await as('Approver', { anotherBrowser, path: here })
    await expect(approver.getByRole('article')).toContainText(invoiceSha256)
    const opening = approver.waitForEvent('download')
    await approver.getByRole('link', { name: 'Open attachment' }).click()
    const opened = await opening
    expect(opened.suggestedFilename()).toBe(invoice.name)
    expect((await readFile(await opened.path())).equals(invoice.buffer)).toBe(true)
    await approver.getByRole('button', { name: 'Approve $41.00' }).click()
    await expect(page.getByRole('article')).toContainText(/Submitted|Processing|Completed/, {
      timeout: 30_000,
    })

    const auditor = await as('Auditor', { anotherBrowser, path: here })
    await auditor.getByRole('link', { name: 'Evidence' }).click()
    await expect(auditor.getByText('This file proves itself.')).toBeVisible()
    await expect(auditor.getByText('network addresses')).toBeVisible()
    const shown = auditor.getByRole('main')
    for (const words of [invoiceSha256, 'Approver approved', /Policy \d+/, 'SpacePay took it']) {
      await expect(shown).toContainText(words)
    }

    const saving = auditor.waitForEvent('download')
    await auditor.getByRole('button', { name: 'Download JSON' }).click()
    const saved = await saving
    const name = saved.suggestedFilename()
    expect(name).toMatch(/^withdrawal-evidence-WD-\d{8}-[0-9A-Z]{12}-\d{4}-\d{2}-\d{2}\.json$/)
    const kept = test.info().outputPath(name)
    await saved.saveAs(kept)
    const file: EvidenceFile = JSON.parse(await readFile(kept, 'utf8'))
    expect(file.attachment.sha256).toBe(invoiceSha256)
    const steps = file.howToVerify.filter(({ command }) => command !== null)
    expect(steps).toHaveLength(5)
    const sha256 = createHash('sha256')
      .update(await readFile(kept))
      .digest('hex')
    await expect(shown).toContainText(sha256)
    for (const { command, expected } of steps) {
      const said = execFileSync('sh', ['-c', command ?? ''], {
        cwd: dirname(kept),
        encoding: 'utf8',
      })
      expect(said).toContain(expected ?? sha256)
    }
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      test(`is accessible in ${colorScheme} at ${width} px`, async ({ page }) => {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        await openEvidence(page)
        await expectAccessible(page)
      })
    }
  }

  test('is printed on A4 without what surrounds the screen, dark on light', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await openEvidence(page)
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('navigation')).toBeHidden()
    await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
    await expect(page.getByRole('heading', { level: 1 })).toBeInViewport()
    await expect(page.getByText('This file proves itself.')).toBeVisible()
    const grounds = await page.getByRole('main').evaluate((main) =>
      [...main.querySelectorAll('*')]
        .filter((part) => part.checkVisibility())
        .map((part) => getComputedStyle(part).backgroundColor)
        .filter((colour) => !['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(colour)),
    )
    expect(grounds, 'whatever the theme').toEqual([])
    const paper = await page.pdf({ preferCSSPageSize: true })
    const sizes = paper.toString('latin1').match(/\/MediaBox \[0 0 (\d+)[\d.]* (\d+)/)
    // A4 in points.
    expect(sizes?.slice(1)).toEqual(['594', '841'])
    const pages = paper.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0
    expect(pages, 'all of it, not one screen').toBeGreaterThan(1)
  })
})

test.describe('a file that Desk does not take', () => {
  test('is refused at its field with the way out, and taken off or exchanged again', async ({
    page,
  }) => {
    await page.goto('/')
    await continueAs(page, 'Finance')
    await page.goto('/withdrawals/new')
    const field = page.getByLabel('Attachment')
    for (const [file, fault] of [
      [{ ...invoice, name: 'run.pdf', buffer: Buffer.from('MZ\u0090\u0000') }, 'Save it as a PDF'],
      [{ ...invoice, buffer: Buffer.alloc(0) }, 'This file is empty'],
      [{ ...invoice, buffer: Buffer.alloc(5_000_001, 'x') }, 'Attach a smaller copy'],
    ] as const) {
      await field.setInputFiles(file)
      await expect(field).toHaveAccessibleDescription(new RegExp(fault))
    }
    await expect(page.getByRole('button', { name: /^Remove/ })).toBeHidden()
    await expectAccessible(page)

    await field.setInputFiles(invoice)
    await expect(field).toHaveAccessibleDescription(/Optional/)
    await page.getByLabel('Amount in US dollars').fill('42')
    await chooseSaved(page)
    await page.getByLabel('Reason').fill('Invoice 2026-1189')
    await page.getByRole('button', { name: 'Review' }).click()
    await page.getByRole('button', { name: 'Keep as a draft' }).click()
    await expect(page.getByRole('article')).toContainText(invoiceSha256)
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('button', { name: `Remove ${invoice.name}` }).click()
    await page.getByRole('button', { name: 'Review' }).click()
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    await expect(page.getByRole('article')).toContainText('Pending approval')
    await expect(page.getByRole('article')).not.toContainText(invoiceSha256)
    await expect(page.getByRole('article')).toContainText('took the document off')
  })
})

interface EvidenceFile {
  readonly attachment: { readonly sha256: string }
  readonly howToVerify: readonly {
    readonly command: string | null
    readonly expected: string | null
  }[]
}

interface Elsewhere {
  readonly anotherBrowser: (options: { storageState: typeof nobody }) => Promise<{
    newPage(): Promise<Page>
  }>
  readonly path: string
}

async function as(persona: Persona, { anotherBrowser, path }: Elsewhere): Promise<Page> {
  const theirs = await (await anotherBrowser({ storageState: nobody })).newPage()
  await theirs.goto('/')
  await continueAs(theirs, persona)
  await theirs.goto(path)
  return theirs
}

/** Of the newest withdrawal, as the auditor. */
async function openEvidence(page: Page): Promise<void> {
  await page.goto('/')
  await continueAs(page, 'Auditor')
  await page.goto('/withdrawals?part=all')
  await page
    .getByRole('link', { name: /^W-\d+$/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'Evidence' }).click()
  await expect(page.getByText('This file proves itself.')).toBeVisible()
}

/** The first destination that can be paid. */
async function chooseSaved(page: Page): Promise<void> {
  const destination = page.getByLabel('Destination')
  const saved = destination.locator('option').filter({ hasText: ' · ' }).filter({ hasNotText: '(' })
  await expect(saved.first()).toBeAttached()
  await destination.selectOption({ label: (await saved.first().textContent()) ?? '' })
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > window.innerWidth,
  )
  expect(isTooWide, 'wider than the screen').toBe(false)
}
