import { expect, test } from '../desk/desk-test.ts'
import { continueAs, nobody } from '../desk/sign-in.ts'
import { expectGoodToLookAt } from '../desk/withdrawals-screen.ts'

test.use({ storageState: nobody })
// Several people, each in a browser of their own, looked at in both themes and widths.
test.slow()

const carrier = '0x52908400098527886E0F7030069857D2E4169EE7'
const printer = '0xde709f2102306220921060314715629080e2fb77'
const usdcOnBase = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'

test('a destination is proposed, approved by a second person, cools off, is frozen, and keeps its history', async ({
  page,
  anotherBrowser,
}) => {
  await page.goto('/')
  await continueAs(page, 'Finance')
  await page.goto('/withdrawals/addresses')
  await page.getByRole('button', { name: 'Add destination' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a destination' })
  await adding.getByLabel('Network').selectOption({ label: 'Base' })
  await adding.getByLabel('Label').fill('Carrier of parcels')
  await adding.getByLabel('Address').fill(usdcOnBase)
  await adding.getByRole('button', { name: 'Propose destination' }).click()
  await expect(adding.getByRole('alert')).toContainText(/token/)
  await adding.getByLabel('Address').fill(carrier)
  await adding.getByRole('button', { name: 'Propose destination' }).click()
  await page.getByRole('link', { name: 'Carrier of parcels' }).click()
  const mine = page.getByRole('article', { name: 'Destination Carrier of parcels' })
  await expect(mine).toContainText('Waits for approval')
  await expect(mine.getByRole('button', { name: 'Approve destination' })).toBeDisabled()

  const theirs = await (await anotherBrowser({ storageState: nobody })).newPage()
  await theirs.goto('/')
  await continueAs(theirs, 'Approver')
  await theirs.goto(new URL(page.url()).pathname + new URL(page.url()).search)
  const shown = theirs.getByRole('article', { name: 'Destination Carrier of parcels' })
  await shown.getByRole('button', { name: 'Approve destination' }).click()
  await expect(shown).toContainText('Active')
  await expect(shown).toContainText(/cools off|cooling/i)
  await expectGoodToLookAt(theirs)

  await shown.getByRole('button', { name: 'Freeze destination…' }).click()
  const freezing = theirs.getByRole('dialog', { name: /^Freeze destination/ })
  await freezing.getByLabel('Reason').fill('Their mail was read by somebody')
  await freezing.getByRole('button', { name: 'Freeze destination' }).click()
  await expect(shown).toContainText('Frozen')
  await expect(shown).toContainText('Their mail was read by somebody')
  await expect(shown).toContainText('Finance proposed it')
  await expect(shown).toContainText('Approver approved it')
  await expect(shown).toContainText('Approver froze it')
})

test('a file with a wrong row adds nothing and says at each row why; put right it is proposed whole', async ({
  page,
}) => {
  await page.goto('/')
  await continueAs(page, 'Finance')
  await page.goto('/withdrawals/addresses')
  await page.getByRole('button', { name: 'Import CSV' }).click()
  const importing = page.getByRole('dialog', { name: 'Import destinations' })
  const rows = importing.getByRole('list', { name: 'Rows of the file' }).getByRole('listitem')
  const file = (address: string) =>
    `network,address,label\nbase,${printer},Printer of labels\nbase,${address},Second printer\n`
  await importing.getByLabel('Or paste it').fill(file('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD'))
  await importing.getByRole('button', { name: 'Import' }).click()
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(0)).toContainText('kept out while another row is wrong')
  await expect(rows.nth(1)).toContainText('wrong checksum')
  await expectGoodToLookAt(page)
  await importing.getByLabel('Or paste it').fill(file('0x27b1fdb04752bbc536007a920d24acb045561c26'))
  await importing.getByRole('button', { name: 'Import' }).click()
  await expect(rows.nth(1)).toContainText('proposed')
  await importing.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('link', { name: 'Printer of labels' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Second printer' })).toBeVisible()
})
