import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen, settled, shownPayments } from '../desk/payments-screen.ts'
import { someCompletedPayment } from '../desk/sandbox.ts'
import { continueAs, demoPassword, givePassword, nobody } from '../desk/sign-in.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Axe looks at every cell: what lies over the list is judged over a short one. */
const fewRows = '?q=ORDER-7150'
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [device, viewport] of Object.entries(sizes)) {
    test.describe(`axe finds nothing, ${colorScheme}, on a ${device}`, () => {
      // Overlays are judged as they stand, not as they fade in.
      test.use({
        colorScheme,
        viewport,
        contextOptions: { reducedMotion: 'reduce' },
        // Of an invitation that is none.
        expectedFaults: [/status of 404/],
      })

      test('on the way in', async ({ anotherBrowser }) => {
        const visitor = await anotherBrowser({ storageState: nobody, colorScheme, viewport })
        const page = await visitor.newPage()
        await page.goto('/sign-in')
        await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
        await expectAccessible(page, 'sign-in')
      })

      test('in the list and what opens over it', async ({ page }) => {
        const { id } = await someCompletedPayment(1)
        const screen = paymentsScreen(page)
        await openPayments(page)
        await expectAccessible(page, 'list')
        await openPayments(page, fewRows)
        await openFilters(page, device)
        await expectAccessible(page, 'open filters')

        await page.goto('/payments?status=failed&q=nothing-like-this&min=x')
        await expect(page.getByRole('heading', { name: 'No payment matches' })).toBeVisible()
        await expectAccessible(page, 'empty result')

        await page.goto(`/payments${fewRows}&open=${id}`)
        await expect(screen.drawer.getByRole('img', { name: /QR code/ })).toBeVisible()
        await screen.drawer.getByRole('button', { name: 'Raw JSON from SpacePay' }).click()
        await expect(screen.drawer.getByLabel('Raw JSON', { exact: true })).toBeVisible()
        await expectAccessible(page, 'drawer')
      })

      test('on the page of a payment and where there is none', async ({ page }) => {
        const { id } = await someCompletedPayment(1)
        await page.goto(`/payments/${id}`)
        await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
        await expectAccessible(page, 'detail page')

        await page.goto('/no-such-page')
        await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
        await expectAccessible(page, 'not found')
      })

      test('at the door, in settings, the team and the audit log', async ({ anotherBrowser }) => {
        const visitor = await anotherBrowser({ storageState: nobody, colorScheme, viewport })
        const page = await visitor.newPage()
        await page.goto('/invitation#nothing')
        await expect(page.getByRole('alert')).toBeVisible()
        await expectAccessible(page, 'an invitation that is none')
        await page.goto('/sign-in')
        await givePassword(page, { email: 'admin@desk.test', password: demoPassword })
        await expect(page.getByRole('heading', { name: 'Second factor' })).toBeVisible()
        await expectAccessible(page, 'second factor')

        await page.goto('/sign-in')
        await continueAs(page, 'Admin')
        await page.goto('/settings/profile')
        await expect(page.getByText('This session')).toBeVisible()
        await expectAccessible(page, 'profile')
        await page.getByRole('button', { name: 'Change password' }).click()
        await expect(page.getByRole('dialog', { name: 'Change password' })).toBeVisible()
        await expectAccessible(page, 'change password')

        await page.goto('/settings/team')
        await expect(page.getByText('finance@desk.test')).toBeVisible()
        await expectAccessible(page, 'team')
        await page.getByRole('button', { name: 'Invite a person' }).click()
        await expect(page.getByRole('dialog', { name: 'Invite a person' })).toBeVisible()
        await expectAccessible(page, 'invite')
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
        await page.getByText('finance@desk.test').click()
        await expect(page.getByRole('checkbox', { name: 'Finance' })).toBeChecked()
        await expectAccessible(page, 'person')

        await page.goto('/audit')
        await expect(page.getByText(/Admin signed in/).first()).toBeVisible()
        await expectAccessible(page, 'audit log')
        await page
          .getByText(/Admin signed in/)
          .first()
          .click()
        await expect(page.getByText('Place in the chain')).toBeVisible()
        await expectAccessible(page, 'entry of the audit log')
      })

      test('in quick find, the shortcuts and the account menu', async ({ page }) => {
        await openPayments(page, fewRows)
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').getByRole('combobox').fill('ORDER-7')
        await expect(page.getByRole('option').first()).toBeVisible()
        await expectAccessible(page, 'quick find')
        await page.getByRole('dialog').getByRole('combobox').fill('nothing-like-this')
        await expect(page.getByRole('dialog')).toContainText('No payment matches')
        await expectAccessible(page, 'quick find without a hit')
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()

        await page.keyboard.press('?')
        await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
        await expectAccessible(page, 'shortcuts')
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()

        await page.getByRole('button', { name: 'Account of Support' }).click()
        await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
        await expectAccessible(page, 'account menu')
        if (device === 'phone') {
          await page.keyboard.press('Escape')
          await expect(page.getByRole('menu')).toBeHidden()
          await page.getByRole('button', { name: 'Menu', exact: true }).click()
          await expect(page.getByRole('dialog', { name: 'Menu' })).toBeVisible()
          await expectAccessible(page, 'navigation sheet')
        }
      })
    })
  }
}

test('the first stop of the Tab key skips to the content', async ({ page }) => {
  await openPayments(page)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  const first = page.getByRole('link', { name: 'Find many' })
  await expect(first).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(first).toBeFocused()
})

test.describe('without a mouse', () => {
  test.use({ storageState: nobody })

  test('a person signs in, searches, opens a payment, reads it and closes it', async ({ page }) => {
    const { orderId } = await someCompletedPayment(5)
    const screen = paymentsScreen(page)
    await page.goto('/payments')
    await tabTo(page, page.getByRole('button', { name: 'Continue as Support' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()
    await settled(page)

    await tabTo(page, screen.search)
    await page.keyboard.type(orderId)
    await expect
      .poll(async () => (await shownPayments(screen.table)).map((row) => row.orderId))
      .toEqual([orderId])
    await tabTo(page, screen.link(orderId))
    await page.keyboard.press('Enter')
    await expect(screen.drawer.getByRole('article')).toContainText(orderId)

    await tabTo(page, screen.drawer.getByRole('button', { name: 'Raw JSON from SpacePay' }))
    await page.keyboard.press('Space')
    await expect(screen.drawer.getByLabel('Raw JSON', { exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(screen.drawer).toBeHidden()
    await expect(screen.link(orderId)).toBeFocused()
  })
})

test('a person who prefers less motion is shown none', async ({ anotherBrowser }) => {
  const { id } = await someCompletedPayment(1)
  const calm = await (await anotherBrowser({ reducedMotion: 'reduce' })).newPage()
  await openPayments(calm, `?open=${id}`)
  await expect(paymentsScreen(calm).drawer.getByRole('article')).toBeVisible()
  const longest = await calm.evaluate(() =>
    Math.max(
      0,
      ...document
        .getAnimations()
        .map(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0)),
    ),
  )
  expect(longest, 'milliseconds of motion').toBeLessThanOrEqual(1)
})

async function openFilters(page: Page, device: string): Promise<void> {
  if (device === 'phone') {
    await page.getByRole('button', { name: /^Filters/ }).click()
    await expect(page.getByRole('dialog', { name: 'Filters' })).toBeVisible()
    const sheet = page.getByRole('dialog', { name: 'Filters' })
    await sheet.getByText('Created', { exact: true }).first().click()
    await sheet.getByText('Status', { exact: true }).first().click()
  } else {
    await paymentsScreen(page).filter('Status').click()
    await expect(page.getByRole('checkbox', { name: 'Completed' })).toBeVisible()
    await expectAccessible(page, 'status filter')
    await page.keyboard.press('Escape')
    await paymentsScreen(page).filter('Created').click()
  }
  await expect(page.getByRole('button', { name: 'Last 30 days' })).toBeVisible()
  await expect(page.getByRole('grid')).toBeVisible()
}

/** Every breach on the screen as it stands, told by rule and element; soft, so that one run names them all. */
async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Naming every element that passes takes longer than finding those that do not.
    .options({ resultTypes: ['violations'] })
    .withTags(standards)
    .analyze()
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  )
  expect.soft(told, screen).toEqual([])
}

/** Presses Tab until the focus stands there, as a person without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Tab')
        return target.evaluate((element) => element === document.activeElement)
      },
      { intervals: [0], timeout: 15_000 },
    )
    .toBe(true)
}
