import { countClicks } from '../desk/count-clicks.ts'
import { expect, test } from '../desk/desk-test.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'
import {
  askForWithdrawal,
  expectGoodToLookAt,
  nextWithdrawalGoesWrong,
  withdrawalOn,
} from '../desk/withdrawals-screen.ts'

test.use({ storageState: nobody })
// Several people, each in a browser of their own, looked at in both themes and widths.
test.slow()

test('from the badge to approved it is two clicks, past the one screen that says everything', async ({
  page,
  anotherBrowser,
}) => {
  await page.goto('/')
  await continueAs(page, 'Finance')
  await askForWithdrawal(page, { amount: '18.20', reason: 'Labels' })

  const theirs = await (await anotherBrowser({ storageState: nobody })).newPage()
  await theirs.goto('/')
  await continueAs(theirs, 'Approver')
  const clicks = await countClicks(theirs)
  await theirs.getByRole('link', { name: 'Open the oldest that waits for you' }).click()
  const approve = theirs.getByRole('button', { name: /^Approve \$/ })
  await expect(withdrawalOn(theirs)).toContainText('Fingerprint')
  await approve.click()
  await expect(approve).toBeHidden()
  expect(await clicks(), 'clicks from the badge to approved').toBeLessThanOrEqual(2)
})

test('above $5,000 an approver and an admin approve; one alone moves nothing', async ({
  page,
  anotherBrowser,
}) => {
  await page.goto('/')
  await continueAs(page, 'Finance')
  const path = await askForWithdrawal(page, { amount: '5000.01', reason: 'Machine, second half' })
  await expect(withdrawalOn(page)).toContainText('needs 1 approver and 1 admin')

  const theirs = await (await anotherBrowser({ storageState: nobody })).newPage()
  await theirs.goto('/')
  await continueAs(theirs, 'Approver')
  const name = (await withdrawalOn(page).getByRole('heading', { level: 1 }).innerText()).slice(
    'Withdrawal '.length,
  )
  await theirs.getByRole('link', { name: /^Withdrawals/ }).click()
  await theirs.getByRole('link', { name, exact: true }).click()
  await expect(withdrawalOn(theirs)).toContainText('Machine, second half')
  await theirs.getByRole('button', { name: 'Approve $5,000.01' }).click()
  await expect(withdrawalOn(theirs)).toContainText('Missing: 1 admin')
  await expect(withdrawalOn(page)).toContainText('Pending approval')

  const admin = await (await anotherBrowser({ storageState: nobody })).newPage()
  await admin.goto('/')
  await continueAs(admin, 'Admin')
  await admin.goto(path)
  await expect(withdrawalOn(admin)).toContainText('Approver approved')
  await admin.getByRole('button', { name: 'Approve $5,000.01' }).click()
  await expect(withdrawalOn(page)).toContainText(/Submitted|Processing|Completed|Failed/, {
    timeout: 30_000,
  })
})

test('what nobody can tell of is looked for, settled by an admin with evidence, and asked for again', async ({
  page,
  anotherBrowser,
}) => {
  await page.goto('/')
  await continueAs(page, 'Finance')
  const path = await askForWithdrawal(page, { amount: '41.40', reason: 'Invoice 4140' })
  await nextWithdrawalGoesWrong({ effect: { kind: 'reset' }, phase: 'before' })
  const theirs = await (await anotherBrowser({ storageState: nobody })).newPage()
  await theirs.goto('/')
  await continueAs(theirs, 'Approver')
  await theirs.goto(path)
  await theirs.getByRole('button', { name: 'Approve $41.40' }).click()
  await expect(withdrawalOn(page)).toContainText('Unknown', { timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Resolve…' })).toBeHidden()

  const admin = await (await anotherBrowser({ storageState: nobody })).newPage()
  await admin.goto('/')
  await continueAs(admin, 'Admin')
  await expect(admin.getByRole('region', { name: /attention/i })).toContainText('Sent or not?')
  await admin.goto(path)
  await expectGoodToLookAt(admin)
  await admin.getByRole('button', { name: 'Resolve…' }).click()
  const settling = admin.getByRole('dialog', { name: /^What became of W-/ })
  await settling.getByText('It never arrived').click()
  await settling
    .getByLabel('Evidence')
    .fill('SpacePay’s support looked at their log: no such order id')
  await settling.getByRole('button', { name: 'Settle it' }).click()
  await expect(withdrawalOn(page)).toContainText('Failed', { timeout: 20_000 })
  await expect(withdrawalOn(page)).toContainText('no such order id')

  await page.getByRole('link', { name: 'Pay again' }).click()
  await expect(page.getByLabel('Amount in US dollars')).toHaveValue('41.40')
  await expect(page.getByLabel('Reason')).toHaveValue('Invoice 4140')
  await page.goto('/withdrawals?part=all')
  await page.getByRole('searchbox', { name: 'Look for withdrawals' }).fill('invoice 4140')
  await expect(page.getByRole('table', { name: 'Withdrawals' }).getByRole('row')).toHaveCount(2)
})

test('what SpacePay has and nobody asked for here is in a part of its own, with all that is told of it', async ({
  page,
}) => {
  await page.goto('/')
  await continueAs(page, 'Auditor')
  await page.goto('/withdrawals')
  await page.getByRole('link', { name: 'Not requested here' }).click()
  const list = page.getByRole('list', { name: 'Withdrawals not requested here' })
  await expect(list.getByRole('listitem').first()).toBeVisible()
  await expectGoodToLookAt(page)
  await list
    .getByRole('button', { name: /^Details/ })
    .first()
    .click()
  const told = page.getByRole('dialog', { name: 'Withdrawal not requested here' })
  await expect(told).toContainText('SpacePay id')
  await expectGoodToLookAt(page)
})
