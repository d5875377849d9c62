import { createHmac } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { handedOut } from '../desk/handed-out.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const webhookSecret = 'whsec_sandbox_desk'

test('an admin adds a secret, rotates it with an overlap, moves its end and retires it, and sees what each verified', async ({
  anotherBrowser,
}) => {
  const page = await (await anotherBrowser({ storageState: nobody })).newPage()
  await openSettings(page)
  const old = newSecret()
  const fresh = newSecret()
  const secrets = page.getByRole('main').getByRole('listitem')
  const oldRow = secrets.filter({ hasText: old.slice(-4) })
  const freshRow = secrets.filter({ hasText: fresh.slice(-4) })
  expect(await deliver(page, old)).toBe(401)

  await page.getByRole('button', { name: 'Add a secret' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a webhook secret' })
  await adding.getByRole('button', { name: 'Add secret' }).click()
  await expect(adding).toContainText('Enter a name of at most 60 characters.')
  await adding.getByLabel('Name').fill('Second shop')
  await adding.getByLabel('Secret').fill(old)
  await adding.getByRole('button', { name: 'Add secret' }).click()
  await expect(adding).toBeHidden()
  await expect(oldRow).toContainText('Verified nothing yet')
  await expect(page.getByRole('main')).not.toContainText(old)
  expect([await deliver(page, old), await deliver(page, old)]).toEqual([200, 200])
  await expect(async () => {
    // Uses are written down a few seconds late.
    await page.reload()
    await expect(oldRow).toContainText('Verified 2 webhooks', { timeout: 1_000 })
  }).toPass()

  await oldRow.getByRole('button', { name: 'Rotate Second shop' }).click()
  const rotating = page.getByRole('dialog', { name: 'Rotate Second shop' })
  await rotating.getByLabel('Name').fill('Second shop, new')
  await rotating.getByLabel('Secret').fill(fresh)
  await rotating.getByRole('button', { name: 'Rotate secret' }).click()
  await expect(rotating).toBeHidden()
  await expect(oldRow).toContainText('Verifies until')
  await expect(freshRow).toContainText('Verified nothing yet')
  await expect(page.getByText(/1 of them until a day you chose/)).toBeVisible()
  expect([await deliver(page, old), await deliver(page, fresh)]).toEqual([200, 200])

  await oldRow.getByRole('button', { name: 'Change the end of Second shop' }).click()
  await page.getByRole('button', { name: 'Keep without end' }).click()
  await expect(oldRow).not.toContainText('Verifies until')
  await oldRow.getByRole('button', { name: 'End Second shop' }).click()
  const ending = page.getByRole('dialog', { name: 'End Second shop' })
  await expect(ending).toContainText('is refused, on every Desk. What goes on verifying')
  await expect(ending).toContainText(`Second shop, new (…${fresh.slice(-4)})`)
  await ending.getByRole('button', { name: 'End it then' }).click()
  await expect(oldRow).toContainText('Verifies until')

  for (const [row, name] of [
    [oldRow, 'Second shop'],
    [freshRow, 'Second shop, new'],
  ] as const) {
    await row.getByRole('button', { name: `Retire ${name}`, exact: true }).click()
    await page.getByRole('button', { name: 'Retire secret' }).click()
    await expect(row.getByRole('button')).toHaveCount(0)
  }
  await page.getByText('that verify no more').first().click()
  await expect(oldRow).toContainText('Ended')
  expect([await deliver(page, old), await deliver(page, fresh)]).toEqual([401, 401])
  expect(await deliver(page, webhookSecret)).toBe(200)
})

test('an admin has the sandbox deliver a test, and has bytes kept for longer', async ({
  anotherBrowser,
}) => {
  const page = await (await anotherBrowser({ storageState: nobody })).newPage()
  await openSettings(page)
  await page.getByRole('button', { name: 'Send a test delivery' }).click()
  await expect(page.getByText('Signature valid')).toBeVisible()

  await page.getByRole('button', { name: 'Change', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'How long webhook bytes are kept' })
  await dialog.getByLabel('Months').fill('2')
  await dialog.getByRole('button', { name: 'Keep so long' }).click()
  await expect(dialog).toContainText('Enter 3 to 120.')
  await dialog.getByLabel('Months').fill('36')
  await dialog.getByRole('button', { name: 'Keep so long' }).click()
  await expect(page.getByText('kept for 36 months')).toBeVisible()
  await page.getByRole('link', { name: 'Look at it' }).click()
  await expect(page.getByRole('article', { name: /^Webhook \d+$/ })).toContainText('webhook.test')
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test.describe(`axe finds nothing, ${colorScheme}, ${width} wide`, () => {
      test.use({
        colorScheme,
        viewport: { width, height: 844 },
        contextOptions: { reducedMotion: 'reduce' },
      })

      test('in the webhook settings and what they ask', async ({ anotherBrowser }) => {
        const page = await (await anotherBrowser({ storageState: nobody })).newPage()
        await openSettings(page)
        await expectAccessible(page, 'settings')
        const tabs = page.getByRole('navigation', { name: 'Settings' })
        await expect(tabs.getByRole('link', { name: 'System status' })).toBeInViewport({ ratio: 1 })
        const own = page.getByRole('main').getByRole('listitem').first()
        for (const button of [
          page.getByRole('button', { name: 'Add a secret' }),
          own.getByRole('button', { name: /^Rotate/ }),
          own.getByRole('button', { name: /^End/ }),
          own.getByRole('button', { name: /^Retire/ }),
          page.getByRole('button', { name: 'Change', exact: true }),
        ]) {
          await expectDialogAccessible(page, button)
        }
      })
    })
  }
}

async function openSettings(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await continueAs(page, 'Admin')
  await page.goto('/settings/webhooks')
  await expect(page.getByRole('heading', { name: 'Secrets' })).toBeVisible()
}

function newSecret(): string {
  const secret = `whsec_${crypto.randomUUID().replaceAll('-', '')}`
  handedOut(secret)
  return secret
}

/** Delivers something about nothing, signed with this secret, and resolves to Desk's answer. */
async function deliver(page: Page, secret: string): Promise<number> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const body = JSON.stringify({ type: 'webhook.test', data: {}, id: crypto.randomUUID() })
  const answer = await page.request.post('/webhooks/spacepay', {
    headers: {
      'content-type': 'application/json',
      'x-spacepay-event-id': crypto.randomUUID(),
      'x-spacepay-timestamp': timestamp,
      'x-spacepay-signature': createHmac('sha256', secret)
        .update(`${timestamp}.${body}`)
        .digest('hex'),
    },
    data: body,
  })
  return answer.status()
}

async function expectDialogAccessible(page: Page, button: Locator): Promise<void> {
  await button.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await expectAccessible(page, (await dialog.getByRole('heading').first().textContent()) ?? '')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}

async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${what}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    ),
  ).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, what).toBe(0)
}
