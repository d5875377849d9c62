import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { createPayment } from '../desk/sandbox.ts'
import { continueAs, nobody, type Persona } from '../desk/sign-in.ts'

test.use({ storageState: nobody })

test('support hands a payment to finance in two clicks; it rises there by itself and is resolved with a reason', async ({
  page: support,
  anotherBrowser,
}) => {
  const orderId = `HAND-${Date.now()}`
  const { id } = await createPayment({ orderId })
  const finance = await (await anotherBrowser({ storageState: nobody })).newPage()
  await signInAs(finance, 'Finance')
  const before = await waitingFor(finance)

  await signInAs(support, 'Support')
  await support.goto(`/payments/${id}`)
  await expect(support.getByRole('button', { name: 'Hand over' })).toBeEnabled()
  const clicks = await countClicks(support)
  await support.getByRole('button', { name: 'Hand over' }).click()
  const dialog = support.getByRole('dialog', { name: 'Hand over' })
  await expect(dialog.getByLabel('To')).toHaveValue('role:finance')
  await support.keyboard.type('Sent too little, please refund')
  await dialog.getByLabel('Note').pressSequentially('The customer wrote twice.')
  await dialog.getByRole('button', { name: 'Hand over to Finance' }).click()
  await expect(dialog).toBeHidden()
  expect(await clicks()).toBe(2)
  const note = 'The customer wrote twice.'
  await expect(support.getByRole('list', { name: 'Notes' })).toContainText(note)
  await expect(support.getByRole('list', { name: 'Needs attention' })).toContainText('Finance')

  await expect.poll(() => waitingFor(finance)).toBeGreaterThan(before)
  await finance.getByRole('link', { name: /^Needs attention/ }).click()
  // The queue begins with the oldest, and the newest may be below what is drawn.
  await finance.getByRole('button', { name: /^Handed over/ }).click()
  const row = finance.getByRole('row').filter({ hasText: orderId })
  await expect(row).toContainText('Handed over')
  await expect(row).toContainText('Sent too little, please refund')
  await row.getByRole('link', { name: orderId }).click()
  const drawer = finance.getByRole('dialog', { name: 'Payment', exact: true })
  await expect(drawer.getByRole('list', { name: 'Notes' })).toContainText(note)
  await finance.keyboard.press('Escape')

  await row.getByRole('checkbox').check()
  await finance.getByRole('button', { name: 'Resolve' }).click()
  const question = finance.getByRole('dialog', { name: /^Resolve “handed over” of/ })
  await question.getByRole('button', { name: 'Resolve 1 item' }).click()
  await expect(question.getByText('Say why in at most 500 characters.')).toBeVisible()
  await question.getByLabel('Reason').fill('Refunded by bank')
  await question.getByRole('button', { name: 'Resolve 1 item' }).click()
  await expect(row).toBeHidden()

  const shown = support.getByRole('list', { name: 'Needs attention' })
  await expect(shown).toBeHidden()
  await support.getByText('2 steps so far').click()
  await expect(support.getByText(/resolved “handed over”.*Refunded by bank/)).toBeVisible()
})

test('a note is changed by its author, and what it said before stays', async ({ page }) => {
  const { id } = await createPayment({ orderId: `NOTE-${Date.now()}` })
  await signInAs(page, 'Support')
  await page.goto(`/payments/${id}`)
  await page.getByRole('textbox', { name: 'New note' }).fill('Customer sent form ETH')
  await page.keyboard.press('Control+Enter')
  const note = page.getByRole('list', { name: 'Notes' }).getByRole('listitem').first()
  await note.getByRole('button', { name: 'Change' }).click()
  await note.getByRole('textbox').fill('Customer sent from ETH')
  await note.getByRole('button', { name: 'Save change' }).click()
  await expect(note.getByText('Customer sent from ETH')).toBeVisible()
  await note.getByText('What it said before').click()
  await expect(note.getByText('Customer sent form ETH')).toBeVisible()

  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.getByRole('combobox', { name: 'New tag' }).fill('Wrong network')
  await page.keyboard.press('Enter')
  const tags = page.getByRole('list', { name: 'Tags' })
  await expect(tags).toContainText('wrong-network')
  await tags.getByRole('button', { name: 'Remove tag wrong-network' }).click()
  await expect(tags).toBeHidden()
})

test('an auditor reads the queue and the notes and may change nothing, with the reason', async ({
  page,
}) => {
  const { id } = await createPayment({ orderId: `READ-${Date.now()}` })
  await signInAs(page, 'Auditor')
  await page.goto(`/payments/${id}`)
  await expect(page.getByRole('button', { name: 'Hand over' })).toBeDisabled()
  await expect(page.getByText(/needs the role Support, Finance, Approver or Admin/)).toBeVisible()
  await page.goto('/attention')
  await expect(page.getByRole('heading', { level: 1, name: 'Needs attention' })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`axe finds nothing in the queue, ${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } })

      test('full, empty, resolved and asking', async ({ page }) => {
        await signInAs(page, 'Finance')
        await page.goto('/attention?kind=overpaid')
        await expect(page.getByRole('checkbox').nth(1)).toBeVisible()
        await expectAccessible(page)
        await page.getByRole('checkbox').nth(1).check()
        await page.getByRole('button', { name: 'Resolve' }).click()
        await expect(page.getByRole('dialog')).toBeVisible()
        await expectAccessible(page)
        for (const search of ['?whose=me', '?state=resolved', '?kind=nonsense']) {
          await page.goto(`/attention${search}`)
          await expect(page.getByRole('group', { name: 'Totals by kind' })).toBeVisible()
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
}

/** What the badge says. */
async function waitingFor(page: Page): Promise<number> {
  const link = page.getByRole('link', { name: /^Needs attention/ })
  const [count = '0'] = /\d+/.exec((await link.innerText()) ?? '') ?? []
  return Number(count)
}

async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    document.body.dataset['clicks'] = '0'
    addEventListener(
      'pointerdown',
      () => {
        document.body.dataset['clicks'] = String(Number(document.body.dataset['clicks']) + 1)
      },
      { capture: true },
    )
  })
  return async () => Number(await page.evaluate(() => document.body.dataset['clicks']))
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
