import type { Browser, BrowserContext, Page } from '@playwright/test'
import { openPayments } from '../desk/payments-screen.ts'
import { expect, test } from '../desk/desk-test.ts'
import { handedOut } from '../desk/handed-out.ts'
import { newcomersPassword } from '../desk/newcomer.ts'
import { someCompletedPayment } from '../desk/sandbox.ts'
import { continueAs, nobody, type Persona } from '../desk/sign-in.ts'

test.use({ storageState: nobody })

test('a change of roles reaches the open screen of the person within a second', async ({
  page,
  anotherBrowser,
}) => {
  await signInAs(page, 'Admin')
  const { theirs, email } = await hire(page, anotherBrowser, { name: 'Mira', role: 'Auditor' })
  await expect(theirs.getByRole('link', { name: 'Audit log' })).toBeVisible()

  await page.getByRole('row', { name: new RegExp(email) }).click()
  const drawer = page.getByRole('dialog', { name: /Mira/ })
  await drawer.getByRole('checkbox', { name: 'Support' }).check()
  await drawer.getByRole('checkbox', { name: 'Auditor' }).uncheck()
  await drawer.getByRole('button', { name: /^Save/ }).click()
  await expect(theirs.getByRole('link', { name: 'Audit log' })).toBeDisabled({ timeout: 2_000 })
  await theirs.goto('/audit')
  await expect(theirs.getByText(/needs the role Admin or Auditor/).first()).toBeVisible()
})

test.describe('a disabled person', () => {
  test.use({ expectedFaults: [/status of 401/] })

  test('is told so on the open tab and comes back when enabled', async ({
    page,
    anotherBrowser,
  }) => {
    await signInAs(page, 'Admin')
    const { theirs, email } = await hire(page, anotherBrowser, { name: 'Noor', role: 'Support' })
    await page.getByRole('row', { name: new RegExp(email) }).click()
    const drawer = page.getByRole('dialog', { name: /Noor/ })
    await drawer.getByRole('button', { name: 'Disable' }).click()
    await page.getByRole('button', { name: 'Disable person' }).click()
    await expect(theirs.getByText(/An admin disabled your account/)).toBeVisible()

    await page.getByRole('button', { name: 'Done' }).click()
    await drawer.getByRole('button', { name: 'Enable' }).click()
    await page.getByRole('button', { name: 'Enable person' }).click()
    await expect(drawer.getByText('Active')).toBeVisible()
    await theirs.getByLabel('E-mail').fill(email)
    await theirs.getByLabel('Password').fill(newcomersPassword)
    await theirs.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(theirs.getByRole('button', { name: 'Account of Noor' })).toBeVisible()
  })
})

test('an auditor sees the team and may change nothing, with the reason', async ({ page }) => {
  await signInAs(page, 'Auditor')
  await page.goto('/settings/team')
  await expect(page.getByRole('button', { name: 'Invite a person' })).toBeDisabled()
  await page.getByRole('row', { name: /finance@desk\.test/ }).click()
  const drawer = page.getByRole('dialog', { name: /Finance/ })
  for (const name of ['Reset second factors', 'Disable', 'Remove']) {
    const button = drawer.getByRole('button', { name, exact: true })
    await expect(button).toBeDisabled()
    await button.hover()
    await expect(button).toHaveAccessibleDescription(/needs the role Admin/)
  }
  await expect(drawer.getByRole('checkbox', { name: 'Approver' })).toBeDisabled()
})

test('the audit log says who read a payment anew, on the payment and in the log', async ({
  page,
  anotherBrowser,
}) => {
  const { id } = await someCompletedPayment(9)
  await signInAs(page, 'Finance')
  await openPayments(page, `?open=${id}`)
  await page.getByRole('button', { name: 'Refresh from SpacePay' }).click()
  await expect(page.getByText('Up to date with SpacePay')).toBeVisible()
  await page
    .getByRole('heading', { name: 'History' })
    .evaluate((heading) => heading.scrollIntoView())
  await expect(page.getByText(/Finance read/).last()).toBeVisible()

  const auditor = await (await anotherBrowser({ storageState: nobody })).newPage()
  await signInAs(auditor, 'Auditor')
  await auditor.goto(`/audit?subjectKind=payment&subjectId=${id}`)
  await expect(auditor.getByText(/Finance read/).first()).toBeVisible()
  await auditor
    .getByRole('row', { name: /Finance read/ })
    .first()
    .click()
  const entry = auditor.getByRole('dialog', { name: 'Audit entry' })
  await expect(entry.getByRole('link', { name: 'Open the payment' })).toHaveAttribute(
    'href',
    `/payments/${id}`,
  )

  await auditor.keyboard.press('Escape')
  const download = auditor.waitForEvent('download')
  await auditor.getByRole('link', { name: 'Export JSON' }).click()
  const file = await (await download).createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of file) chunks.push(Buffer.from(chunk))
  const entries: { action: string }[] = JSON.parse(Buffer.concat(chunks).toString())
  expect(entries.map(({ action }) => action)).toContain('payment.refresh')

  await auditor.goto('/audit?action=audit.export')
  await expect(auditor.getByText(/Auditor exported/).first()).toBeVisible()
})

async function signInAs(page: Page, persona: Persona): Promise<void> {
  await page.goto('/sign-in')
  await continueAs(page, persona)
}

/** Somebody new, signed in in a browser of their own; the admin's page ends on the team. */
async function hire(
  admin: Page,
  anotherBrowser: (options: Parameters<Browser['newContext']>[0]) => Promise<BrowserContext>,
  person: { readonly name: string; readonly role: string },
): Promise<{ theirs: Page; email: string }> {
  const email = `${person.name.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}@shop.example`
  await admin.goto('/settings/team')
  await admin.getByRole('button', { name: 'Invite a person' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByLabel('Name').fill(person.name)
  await dialog.getByRole('checkbox', { name: person.role }).check()
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = await admin.getByText(/\/invitation#/).innerText()
  handedOut(new URL(link).hash.slice(1))
  await admin.keyboard.press('Escape')

  const theirs = await (await anotherBrowser({ storageState: nobody })).newPage()
  await theirs.goto(link)
  await theirs.getByLabel('Choose a password').fill(newcomersPassword)
  await theirs.getByRole('button', { name: 'Join' }).click()
  await expect(theirs.getByRole('button', { name: 'Account of' })).toBeVisible()
  await admin.reload()
  return { theirs, email }
}
