import type { Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { continueAs, emailOf, nobody } from '../desk/sign-in.ts'
import { askForWithdrawal, withdrawalOn } from '../desk/withdrawals-screen.ts'

test.use({ storageState: nobody })
// Several people, each in a browser of their own.
test.slow()

test.describe('with a second admin', () => {
  test('an emergency is called with a reason, and leaves once two admins approved it in person', async ({
    page,
    anotherBrowser,
  }) => {
    const admin = await (await anotherBrowser({ storageState: nobody })).newPage()
    await admin.goto('/')
    await continueAs(admin, 'Admin')
    await letSupportBeAdmin(admin, true)
    const second = await (await anotherBrowser({ storageState: nobody })).newPage()
    await second.goto('/')
    await continueAs(second, 'Support')
    try {
      await page.goto('/')
      await continueAs(page, 'Finance')
      const path = await askForWithdrawal(page, { amount: '77', reason: 'The server is off' })
      await admin.goto(path)
      await admin.getByRole('button', { name: 'Emergency…' }).click()
      const calling = admin.getByRole('dialog', { name: /an emergency\?$/ })
      await calling.getByLabel('Why it cannot wait').fill('The shop is closed without it')
      await calling.getByRole('button', { name: 'Call it an emergency' }).click()
      await expect(withdrawalOn(page)).toContainText('Emergency: two admins decide')
      await admin.getByRole('button', { name: 'Approve $77.00' }).click()
      await expect(withdrawalOn(admin)).toContainText('Missing: 1 admin')
      await expect(withdrawalOn(page)).toContainText('Pending approval')
      await second.goto(path)
      await second.getByRole('button', { name: 'Approve $77.00' }).click()
      await expect(withdrawalOn(page)).toContainText(/Submitted|Processing|Completed/, {
        timeout: 30_000,
      })
    } finally {
      await letSupportBeAdmin(admin, false)
    }
  })

  test('what one proposes for the policy the other puts in force, and what waited is asked for anew', async ({
    page,
    anotherBrowser,
  }) => {
    const admin = await (await anotherBrowser({ storageState: nobody })).newPage()
    await admin.goto('/')
    await continueAs(admin, 'Admin')
    await letSupportBeAdmin(admin, true)
    const second = await (await anotherBrowser({ storageState: nobody })).newPage()
    await second.goto('/')
    await continueAs(second, 'Support')
    try {
      await page.goto('/')
      await continueAs(page, 'Finance')
      await askForWithdrawal(page, { amount: '78', reason: 'Invoice 78' })
      await admin.goto('/withdrawals/policy')
      await admin.getByRole('button', { name: 'Propose a change' }).click()
      const low = admin.getByLabel('Low balance below, dollars')
      const before = await low.inputValue()
      await low.fill(before === '1500.00' ? '1000' : '1500')
      await admin.getByLabel('What changes and why').fill('Top up another sum')
      await admin.getByRole('button', { name: 'Propose policy' }).click()
      await second.goto('/withdrawals/policy')
      await second.getByRole('button', { name: 'Decide…' }).click()
      await second.getByRole('button', { name: 'Put it in force' }).click()
      await expect(second.getByText(/^Proposed: policy/)).toBeHidden()
      await expect(second.getByText(/decided by Support/).first()).toBeVisible()
      await expect(withdrawalOn(page)).toContainText('Draft')
      await expect(withdrawalOn(page)).toContainText(/policy/i)
    } finally {
      await letSupportBeAdmin(admin, false)
    }
  })
})

async function letSupportBeAdmin(admin: Page, isAdmin: boolean): Promise<void> {
  await admin.goto('/settings/team')
  await admin.getByRole('row', { name: new RegExp(emailOf('Support')) }).click()
  const drawer = admin.getByRole('dialog', { name: /Support/ })
  await drawer.getByRole('checkbox', { name: 'Admin' }).setChecked(isAdmin)
  await drawer.getByRole('button', { name: /^Save/ }).click()
  await expect(drawer.getByRole('button', { name: /^Save/ })).toBeHidden()
}
