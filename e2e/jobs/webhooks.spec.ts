import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import {
  createPayment,
  customerDoes,
  merchantSecretKey,
  newOrderId,
  sandboxUrl,
} from '../desk/sandbox.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'

const webhookSecret = 'whsec_sandbox_desk'
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test('support finds whether the shop heard of a payment, and has it processed again in one click', async ({
  page,
}) => {
  const { id, orderId } = await createPayment({ orderId: newOrderId() })
  await customerDoes(id, 'exact')
  await untilTold(page, id, 3)

  await page.goto(`/payments/${id}`)
  const article = page.getByRole('article', { name: `Payment ${orderId}` })
  const row = article
    .getByRole('table', { name: /^Webhook deliveries/ })
    .getByRole('row')
    .filter({ hasText: '→ completed' })
  await expect(row).toContainText('signature valid')
  await row.getByRole('button', { name: /^Process again/ }).click()
  await expect(page.getByText('It is being processed again')).toBeAttached()
  // Processed, it can be asked for again.
  await expect(row.getByRole('button', { name: /^Process again/ })).toBeEnabled()

  await row.getByRole('link', { name: /payment\.updated/ }).click()
  const webhook = page.getByRole('article', { name: /^Webhook \d+$/ })
  await expect(webhook).toContainText('What changed since the one before')
  await expect(webhook.getByRole('table', { name: 'Fields that changed' })).toContainText('status')
  await expect(webhook).toContainText('after it was asked for')
  await webhook.getByRole('heading', { name: 'History' }).scrollIntoViewIfNeeded()
  await expect(webhook).toContainText('Support had it processed again')

  await webhook.getByRole('button', { name: 'Verify again' }).click()
  await expect(webhook).toContainText('The signature fits')
  await webhook.getByRole('button', { name: 'Hex' }).click()
  await expect(webhook.getByLabel('Body in hex')).toContainText('7b 22 74 79 70 65')
  await webhook.getByRole('button', { name: 'Headers' }).click()
  await expect(webhook).toContainText('x-spacepay-signature')
  await expect(webhook.getByRole('button', { name: 'Export evidence' })).toHaveAttribute(
    'aria-disabled',
  )
})

test('the live tail lets deliveries in on top, and paused it counts what waits', async ({
  page,
}) => {
  // More than stands on one page, so that the next one is loaded before anybody goes down.
  await deliverTests(51)
  await openWebhooks(page)
  const table = page.getByRole('table', { name: 'Deliveries, newest first' })
  const first = await createPayment({ orderId: newOrderId() })
  await expect(table.getByRole('row').filter({ hasText: first.orderId })).toContainText(
    'Signature valid',
  )

  await page.getByRole('button', { name: 'Pause live tail' }).click()
  await expect(page).toHaveURL(/tail=paused/)
  const second = await createPayment({ orderId: newOrderId() })
  // The shop has other customers, too.
  const someNew = page.getByRole('button', { name: /^\d+ new$/ })
  await expect(someNew).toBeVisible()
  await expect(table.getByRole('row').filter({ hasText: second.orderId })).toHaveCount(0)
  await someNew.click()
  await expect(table.getByRole('row').filter({ hasText: second.orderId })).toHaveCount(1)

  const third = await createPayment({ orderId: newOrderId() })
  await expect(someNew).toBeVisible()
  await page.getByRole('button', { name: 'Go on with live tail' }).click()
  await expect(table.getByRole('row').filter({ hasText: third.orderId })).toHaveCount(1)
  await expect(page).toHaveURL('/webhooks')
})

test('what arrived is narrowed to the minute, and widened again', async ({ page }) => {
  await openWebhooks(page)
  await page.getByRole('button', { name: 'Time', exact: true }).click()
  const minutes = page.getByRole('form', { name: 'To the minute' })
  await minutes.getByLabel('From').fill('2020-01-01T10:30')
  await minutes.getByLabel('To').fill('2020-01-01T10:00')
  await minutes.getByRole('button', { name: 'Apply' }).click()
  await expect(minutes.getByRole('alert')).toHaveText('It ends before it begins.')
  await minutes.getByLabel('To').fill('2020-01-01T10:45')
  await minutes.getByRole('button', { name: 'Apply' }).click()
  await expect(page).toHaveURL(/from=2020-01-01T10%3A30&to=2020-01-01T10%3A45/)
  await expect(page.getByText('1 Jan 2020 10:30 – 1 Jan 2020 10:45')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No delivery matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByRole('table', { name: 'Deliveries, newest first' })).toBeVisible()
})

test('a payload is found by what is inside it, a forged one stands among the others and says what to do', async ({
  page,
}) => {
  const { id, orderId } = await createPayment({ orderId: newOrderId() })
  const forged = `forged-${newOrderId()}`
  const answer = await page.request.post('/webhooks/spacepay', {
    headers: {
      'x-spacepay-timestamp': String(Math.floor(Date.now() / 1000)),
      'x-spacepay-signature': 'ab'.repeat(32),
    },
    data: { type: 'payment.updated', data: { payment: { id: forged } } },
  })
  expect(answer.status()).toBe(401)
  await untilTold(page, id, 1)
  await openWebhooks(page)
  const search = page.getByRole('textbox', { name: 'Search inside payloads' })
  await search.fill('ab')
  await expect(page.getByText('Type at least 3 characters')).toBeVisible()
  const table = page.getByRole('table', { name: 'Deliveries, newest first' })
  await expect(async () => {
    // Payloads can be searched within seconds.
    await page.goto(`/webhooks?text=${orderId.toLowerCase()}`)
    await expect(table.getByRole('row').filter({ hasText: orderId })).toHaveCount(1, {
      timeout: 1_000,
    })
  }).toPass()

  await page.goto(`/webhooks?text=${forged}&verdict=refused`)
  await table.getByRole('link', { name: /^Refused: No live secret/ }).click()
  const drawer = page.getByRole('dialog', { name: 'Webhook delivery' })
  await expect(drawer).toContainText('nobody knows who wrote them')
  await expect(drawer).toContainText('Compare the secret in Settings')
  await expect(drawer).toContainText(forged)
  await drawer.getByRole('button', { name: 'Verify again' }).click()
  await expect(drawer).toContainText('does not fit')
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()

  await page.getByRole('link', { name: 'Refused', exact: true }).click()
  const group = page.getByRole('listitem').filter({ hasText: 'No live secret' })
  await expect(group).toContainText('a proxy in front of Desk')
  await group.getByRole('link', { name: 'Example 1' }).click()
  await expect(page.getByRole('article', { name: /^Webhook q\d+$/ })).toBeVisible()
})

test('finance has many processed again: counted first, with progress that a reload keeps', async ({
  anotherBrowser,
}) => {
  const page = await (await anotherBrowser({ storageState: nobody })).newPage()
  await page.goto('/sign-in')
  await continueAs(page, 'Finance')
  const orderId = newOrderId()
  const { id } = await createPayment({ orderId })
  await customerDoes(id, 'exact')
  await untilTold(page, id, 3)
  await page.goto(`/webhooks?about=${orderId}`)
  await page.getByRole('button', { name: 'Process these again' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('This will process 3 deliveries again.')
  await dialog.getByRole('button', { name: 'Process 3 deliveries again' }).click()
  await expect(dialog).toBeHidden()
  await page.reload()
  await expect(page.getByText('3 of 3 processed again')).toBeVisible()
})

test('an auditor exports a delivery, and openssl alone agrees', async ({
  anotherBrowser,
  page,
}) => {
  const { id } = await createPayment({ orderId: newOrderId() })
  await untilTold(page, id, 1)
  const auditor = await (await anotherBrowser({ storageState: nobody })).newPage()
  await auditor.goto('/sign-in')
  await continueAs(auditor, 'Auditor')
  await auditor.goto(`/webhooks?about=${id}`)
  await auditor.getByRole('link', { name: /payment\.created/ }).click()
  const drawer = auditor.getByRole('dialog', { name: 'Webhook delivery' })
  await drawer.getByRole('button', { name: 'Export evidence' }).click()
  const dialog = auditor.getByRole('dialog', { name: /^Evidence of webhook/ })
  const saving = auditor.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export evidence' }).click()
  const download = await saving
  const folder = mkdtempSync(join(tmpdir(), 'desk-evidence-'))
  try {
    await download.saveAs(join(folder, download.suggestedFilename()))
    const commands = await dialog.getByLabel('Command').allInnerTexts()
    const said = commands
      .filter((command) => !command.startsWith('read '))
      .map((command) =>
        execFileSync('sh', ['-c', command], {
          cwd: folder,
          env: { PATH: process.env['PATH'], WEBHOOK_SECRET: webhookSecret },
          encoding: 'utf8',
        }),
      )
    const file = readFileSync(join(folder, download.suggestedFilename()), 'utf8')
    const signature = /"x-spacepay-signature": "([0-9a-f]{64})"/.exec(file)?.[1] ?? 'none'
    expect(said.at(-1)).toContain(signature)
    expect(file).not.toContain(webhookSecret)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  await dialog.getByRole('button', { name: 'Done' }).click()
  await drawer.getByRole('heading', { name: 'History' }).scrollIntoViewIfNeeded()
  await expect(drawer).toContainText('Auditor exported it as evidence')
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`axe finds nothing, ${colorScheme}, ${viewport.width} wide`, () => {
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } })

      test('in the console and a delivery', async ({ page }) => {
        const { id } = await createPayment({ orderId: newOrderId() })
        await untilTold(page, id, 1)
        await openWebhooks(page)
        await expectAccessible(page, 'list')
        await page.goto(`/webhooks?about=${id}`)
        await page.getByRole('link', { name: /payment\.created/ }).click()
        const drawer = page.getByRole('dialog', { name: 'Webhook delivery' })
        await drawer.getByRole('button', { name: 'Verify again' }).click()
        await expect(drawer).toContainText('The signature fits')
        await expectAccessible(page, 'drawer')
      })

      test('in the charts, their tables and the quarantine', async ({ page }) => {
        const { id } = await createPayment({ orderId: newOrderId() })
        await untilTold(page, id, 1)
        await page.goto('/webhooks?part=charts&span=hours')
        const arrivals = page.getByRole('region', { name: 'Arrivals', exact: true })
        await expect(arrivals.getByRole('application')).toBeVisible()
        await expectAccessible(page, 'charts')
        await arrivals.getByRole('application').focus()
        await page.keyboard.press('ArrowRight')
        await expect(arrivals.getByText('Usually accepted')).toBeVisible()
        await arrivals.getByRole('button', { name: 'View as table' }).click()
        await expect(arrivals.getByRole('table', { name: 'Arrivals' })).toBeVisible()
        await expectAccessible(page, 'the charts as tables')
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
          viewport.width,
        )
        await page.goto('/webhooks?part=refused')
        await expect(
          page.getByText(/Refused deliveries are kept|Nothing was refused/),
        ).toBeVisible()
        await expectAccessible(page, 'refused')
      })
    })
  }
}

async function openWebhooks(page: Page): Promise<void> {
  const stream = page.waitForResponse(/\/trpc\/payments\.changes/)
  await page.goto('/webhooks')
  await stream
  await expect(page.getByRole('table', { name: 'Deliveries, newest first' })).toHaveAttribute(
    'aria-busy',
    'false',
  )
}

/** Has SpacePay deliver so many tests, which are about nothing. */
async function deliverTests(count: number): Promise<void> {
  const webhooks = `${sandboxUrl}/__sandbox/webhooks`
  const headers = { 'x-spacepay-secret-key': merchantSecretKey }
  const { data }: { data: readonly { id: string }[] } = await (
    await fetch(webhooks, { headers })
  ).json()
  for (let index = 0; index < count; index++) {
    const sent = await fetch(`${webhooks}/${data[0]?.id}/test`, { method: 'POST', headers })
    expect(sent.ok).toBe(true)
  }
}

/** Until so many deliveries about a payment have come and are processed. */
async function untilTold(page: Page, paymentId: string, count: number): Promise<void> {
  const input = JSON.stringify({ query: { about: paymentId, state: 'processed' } })
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(
          `/trpc/webhooks.list?input=${encodeURIComponent(input)}`,
        )
        return (await answer.text()).split('"receivedAt"').length - 1
      },
      { intervals: [100] },
    )
    .toBeGreaterThanOrEqual(count)
}

async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${what}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    ),
  ).toEqual([])
}
