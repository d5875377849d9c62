import { expect, test } from '../desk/desk-test.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'
import { expectGoodToLookAt } from '../desk/withdrawals-screen.ts'

test.use({ storageState: nobody })
// Several people, each in a browser of their own, looked at in both themes and widths.
test.slow()

test('a policy is changed on its screen, rehearsed, warned of a dead-lock, and taken back by who proposed it alone', async ({
  page,
  anotherBrowser,
}) => {
  await page.goto('/')
  await continueAs(page, 'Admin')
  await page.goto('/withdrawals/policy')
  await expect(
    page.getByText(/counts on the day, and in the week, in which its money leaves/),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Propose a change' }).click()

  const hours = page.getByRole('checkbox', { name: 'Withdrawals leave at these hours only' })
  await hours.check()
  const until = page.getByLabel('Until', { exact: true })
  await until.fill('08:00')
  await expect(until).toHaveAccessibleDescription(/later than when they begin/)
  const zone = page.getByLabel('Time zone')
  await zone.fill('Europe/Nowhere')
  await expect(zone).toHaveAccessibleDescription(/no time zone/)
  for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']) {
    await page.getByRole('checkbox', { name: day, exact: true }).uncheck()
  }
  await expect(page.getByText('Choose at least one day.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Propose policy' })).toBeDisabled()
  await expectGoodToLookAt(page)

  await zone.fill('Europe/Berlin')
  await until.fill('24:00')
  await page.getByLabel('From', { exact: true }).fill('00:00')
  for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']) {
    await page.getByRole('checkbox', { name: day, exact: true }).check()
  }
  const admins = page.getByLabel('Admins').last()
  await admins.fill('5')
  await page.getByRole('button', { name: 'Rehearse on the last 90 days' }).click()
  await expect(page.getByText(/could ever be approved/)).toBeVisible()
  await admins.fill('1')
  await page.getByRole('button', { name: 'Rehearse on the last 90 days' }).click()
  await expect(page.getByText(/in the last 90 days/).first()).toBeVisible()
  await expect(page.getByText(/could ever be approved/)).toBeHidden()
  await page.getByLabel('What changes and why').fill('Withdrawals at all hours of Berlin')
  await page.getByRole('button', { name: 'Propose policy' }).click()
  await expect(page.getByText(/^Proposed: policy/)).toBeVisible()
  await expect(page.getByText('00:00 to 24:00 in Europe/Berlin')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Decide…' })).toBeDisabled()

  const theirs = await (await anotherBrowser({ storageState: nobody })).newPage()
  await theirs.goto('/')
  await continueAs(theirs, 'Approver')
  await theirs.goto('/withdrawals/policy')
  await expect(theirs.getByText(/^Proposed: policy/)).toBeVisible()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(theirs.getByText(/^Proposed: policy/)).toBeHidden()
})

test('an approver lets an admin vote in their place until a day, and ends it before', async ({
  page,
}) => {
  await page.goto('/')
  await continueAs(page, 'Approver')
  await page.goto('/withdrawals/policy')
  await page.getByRole('button', { name: 'Let somebody vote for me' }).click()
  const asking = page.getByRole('dialog', { name: 'Let somebody vote for me' })
  await asking.getByLabel('Who').selectOption({ label: 'Admin' })
  await asking.getByRole('button', { name: 'Let them vote' }).click()
  await expect(page.getByText(/Admin for Approver, ends/)).toBeVisible()
  await page.getByRole('button', { name: 'End now' }).click()
  await expect(page.getByText(/Admin for Approver, ended/)).toBeVisible()
})
