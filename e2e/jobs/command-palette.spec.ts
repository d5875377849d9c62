import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen, shownPayments } from '../desk/payments-screen.ts'
import { someCompletedPayment } from '../desk/sandbox.ts'
import { continueAs, nobody, type Persona } from '../desk/sign-in.ts'

test('support searches, opens, writes a note and goes to the next payment, by the keyboard alone', async ({
  page,
}) => {
  const screen = paymentsScreen(page)
  await openPayments(page)
  const [first, second] = await shownPayments(screen.table)
  if (!first || !second) throw new Error('the list is empty')

  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(screen.drawer.getByRole('article')).toContainText(first.orderId)

  await open(page)
  await expect(group(page, 'This payment').getByRole('option').first()).toBeVisible()
  await page.keyboard.type('note')
  await expect(marked(page)).toHaveText('Add a note')
  await page.keyboard.press('Enter')
  const asking = page.getByRole('dialog', { name: 'Add a note' })
  await expect(asking.getByRole('textbox')).toBeFocused()
  await page.keyboard.type('The customer was called')
  await page.keyboard.press('Control+Enter')
  await expect(asking).toBeHidden()
  await expect(screen.drawer.getByRole('list', { name: 'Notes' })).toContainText(
    'The customer was called',
  )

  await page.keyboard.press('j')
  await expect(screen.drawer.getByRole('article')).toContainText(second.orderId)

  await open(page)
  await expect(group(page, 'Recent').getByRole('option').first()).toContainText(first.orderId)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeHidden()
  await expect(screen.drawer.getByRole('article')).toContainText(second.orderId)
})

test('support finds by a hash with Ctrl K, paste, Enter, in less than three seconds', async ({
  page,
  context,
}) => {
  const { id, txHash } = await someCompletedPayment(1)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPayments(page)
  await page.evaluate(async (copy) => navigator.clipboard.writeText(copy), txHash)
  const began = performance.now()
  await open(page)
  await page.keyboard.press('Control+v')
  // Before the answer is there: Enter waits for it.
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/payments/${id}`)
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
  expect(performance.now() - began).toBeLessThan(3_000)

  await open(page)
  await page.keyboard.type('copy tx')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Hash copied').first()).toBeVisible()
  expect(await page.evaluate(async () => navigator.clipboard.readText())).toBe(txHash)

  await open(page)
  await page.keyboard.type('reply')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Reply copied').first()).toBeVisible()
  expect(await page.evaluate(async () => navigator.clipboard.readText())).toContain('payment')

  await open(page)
  await page.keyboard.type('refresh')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Up to date with SpacePay')).toBeVisible()

  await open(page)
  await page.keyboard.type('from this')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/payments/new?from=${id}`)
})

test.describe('everybody', () => {
  test.use({ storageState: nobody })

  test('finance jumps to a saved view from anywhere, and back to what was looked at', async ({
    page,
  }) => {
    const name = `Überfällig ${Date.now()}`
    await signInAs(page, 'Finance')
    await openPayments(page, '?status=expired')
    await page.getByRole('button', { name: 'Save view' }).click()
    const saving = page.getByRole('dialog', { name: 'Save view' })
    await saving.getByLabel('Name').fill(name)
    await saving.getByRole('button', { name: 'Save view' }).click()
    await expect(page).toHaveURL(/view=/)

    await page.goto('/settings/profile')
    await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible()
    await open(page)
    await page.keyboard.type('uberfallig')
    await expect(marked(page)).toContainText(name)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/payments\?status=expired&view=/)

    await open(page)
    await page.keyboard.type('attention late')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL('/attention?kind=late')

    await open(page)
    const recent = group(page, 'Recent').getByRole('option')
    await expect(recent.first()).toContainText(name)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/payments\?status=expired&view=/)
    await deleteView(page)
  })

  test('an auditor finds the audit log and people, and nothing that changes anything', async ({
    page,
  }) => {
    const { id } = await someCompletedPayment(1)
    await signInAs(page, 'Auditor')
    await page.goto(`/payments/${id}`)
    await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
    await open(page)
    const offered = async (typed: string, name: string) => {
      await page.getByRole('dialog').getByRole('combobox').fill(typed)
      await expect(palette(page).getByRole('status')).toHaveText(/results?$/)
      return palette(page).getByRole('option', { name, exact: true }).count()
    }
    expect(await offered('new payment', 'New payment')).toBe(0)
    expect(await offered('from this', 'New payment from this')).toBe(0)
    expect(await offered('note', 'Add a note')).toBe(0)
    expect(await offered('hand over', 'Hand over')).toBe(0)
    expect(await offered('refresh', 'Refresh from SpacePay')).toBe(0)
    expect(await offered('invite', 'Invite a person')).toBe(0)
    expect(await offered('copy link', 'Copy link')).toBe(1)
    expect(await offered('audit', 'Audit log')).toBe(1)
    await page.getByRole('dialog').getByRole('combobox').fill('suport')
    await expect(group(page, 'People').getByRole('option').first()).toContainText('Support')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Support' })).toBeVisible()
    await expect(page).toHaveURL(/\/settings\/team\?person=/)
  })

  test('an admin goes by arrows, Home and End, switches the theme and signs out', async ({
    page,
  }) => {
    await signInAs(page, 'Admin')
    await open(page)
    await expect(marked(page)).toHaveText('New payment')
    await page.keyboard.press('ArrowDown')
    await expect(marked(page)).toHaveText('Invite a person')
    await page.keyboard.press('End')
    const last = await palette(page).getByRole('option').last().innerText()
    await expect(marked(page)).toHaveText(last)
    await page.keyboard.press('ArrowDown')
    await expect(marked(page)).toHaveText('New payment')
    await page.keyboard.press('ArrowUp')
    await expect(marked(page)).toHaveText(last)
    await page.keyboard.press('Home')
    await expect(marked(page)).toHaveText('New payment')

    await page.keyboard.type('dark')
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await open(page)
    await page.keyboard.type('dark')
    await expect(palette(page)).toContainText('No payment matches')
    await page.getByRole('dialog').getByRole('combobox').fill('log out')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  })
})

test.describe('while Desk does not answer', () => {
  test.use({ expectedFaults: [/Failed to load resource/] })

  test('the palette says so, does what it can, and finds again once it does', async ({ page }) => {
    const { orderId } = await someCompletedPayment(2)
    await openPayments(page)
    await open(page)
    await expect(palette(page).getByRole('option').first()).toBeVisible()
    await page.route(/\/trpc\/.*payments\.find/, (route) => route.abort())
    await page.keyboard.type(orderId)
    await expect(palette(page).getByRole('alert')).toContainText('Desk does not answer')
    await expect(palette(page).getByRole('alert')).toContainText('Not looked for: tags, payments')
    await page.getByRole('dialog').getByRole('combobox').fill('attention')
    await expect(marked(page)).toHaveText('Needs attention')

    await page.getByRole('dialog').getByRole('combobox').fill(orderId)
    await expect(palette(page).getByRole('alert')).toBeVisible()
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Search again' }).click()
    await expect(marked(page)).toContainText(orderId)
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`axe finds nothing in the palette, ${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } })

      test('empty, with groups, with payments and without anything', async ({ page }) => {
        const { id } = await someCompletedPayment(2)
        await page.goto(`/payments/${id}`)
        await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
        await open(page)
        await expect(group(page, 'This payment')).toBeVisible()
        await expectAccessible(page)
        for (const typed of ['pay', 'ORDER-7', 'nothing-like-this']) {
          await page.getByRole('dialog').getByRole('combobox').fill(typed)
          await expect(palette(page).getByRole('status')).toHaveText(/results?$/)
          await expectAccessible(page)
        }
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow).toBeLessThanOrEqual(0)
      })
    })
  }
}

async function signInAs(page: Page, persona: Persona): Promise<void> {
  await page.goto('/sign-in')
  await continueAs(page, persona)
}

async function open(page: Page): Promise<void> {
  await expect(palette(page)).toBeHidden()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
}

function palette(page: Page) {
  return page.getByRole('dialog', { name: 'Command palette' })
}

function group(page: Page, name: string | RegExp) {
  return palette(page).getByRole('group', {
    name,
    ...(typeof name === 'string' && { exact: true }),
  })
}

/** The line that Enter would take. */
function marked(page: Page) {
  return palette(page).getByRole('option', { selected: true })
}

async function deleteView(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Actions for the view/ }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete view' }).click()
  await expect(page).not.toHaveURL(/view=/)
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}
