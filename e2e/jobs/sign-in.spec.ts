import type { APIRequestContext } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { countLoads, openPayments } from '../desk/payments-screen.ts'
import { codeFor, demoApp } from '../desk/authenticator-app.ts'
import {
  continueAs,
  demoPassword,
  emailOf,
  giveCode,
  givePassword,
  nobody,
  type Persona,
} from '../desk/sign-in.ts'

test.use({ storageState: nobody })

const personas: readonly Persona[] = ['Support', 'Finance', 'Approver', 'Admin', 'Auditor']
for (const persona of personas) {
  test(`one click signs a visitor of the demo in as ${persona}`, async ({ page }) => {
    await page.goto('/')
    await continueAs(page, persona)
    await expect(page).toHaveURL('/')
    await page.getByRole('button', { name: `Account of ${persona}` }).click()
    await expect(page.getByRole('menu')).toContainText(`${persona.toLowerCase()}@desk.test`)
  })
}

test('e-mail, password and the code of their app sign a person in', async ({ page }) => {
  const email = emailOf('Finance')
  await page.goto('/sign-in')
  await givePassword(page, { email, password: demoPassword })
  await expect(page.getByRole('heading', { name: 'Second factor' })).toBeVisible()
  expect(await statusOfMe(page.request), 'signed in by the password alone').toBe(401)
  await giveCode(page, await codeFor(email))
  await expect(page.getByRole('button', { name: 'Account of Finance' })).toBeVisible()
})

test.describe('a wrong code', () => {
  test.use({ expectedFaults: [/status of 401/] })

  test('is said to be wrong, as one that was used already, and the next one signs in', async ({
    page,
    playwright,
    baseURL,
  }) => {
    const email = emailOf('Auditor')
    const app = demoApp(email)
    const used = await app.nextCode()
    const before = await playwright.request.newContext({
      ...(baseURL && { baseURL, extraHTTPHeaders: { origin: baseURL } }),
    })
    await before.post('/api/auth/sign-in/email', { data: { email, password: demoPassword } })
    const taken = await before.post('/api/auth/sign-in/code', { data: { code: used } })
    expect(taken.status()).toBe(204)
    await before.dispose()

    await page.goto('/sign-in')
    await givePassword(page, { email, password: demoPassword })
    const field = page.getByRole('textbox', { name: 'Code from your authenticator app' })
    await field.fill(app.wrongCode())
    await expect(field).toHaveAccessibleDescription(/^This code is not right\./)
    await field.fill(used)
    await expect(field).toHaveAccessibleDescription(/^This code was used already\./)
    await field.fill(await app.nextCode())
    await expect(page.getByRole('button', { name: 'Account of Auditor' })).toBeVisible()
  })
})

test('back after signing in does not lead to the sign-in page again', async ({ page }) => {
  await page.goto('/')
  await continueAs(page, 'Support')
  await page.getByRole('button', { name: /^Search order/ }).press('Alt+ArrowLeft')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeHidden()
})

test.describe('a wrong password', () => {
  test.use({ expectedFaults: [/status of 401/] })

  test('is said to be wrong, and the e-mail stays', async ({ page }) => {
    await page.goto('/sign-in')
    const email = page.getByRole('textbox', { name: 'E-mail' })
    const password = page.getByLabel('Password')
    await givePassword(page, { email: 'auditor@desk.test', password: 'not the password' })
    await expect(password).toHaveAccessibleDescription('E-mail or password is wrong.')
    await expect(email).toHaveValue('auditor@desk.test')
    await expect(page).toHaveURL('/sign-in')
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled()
  })
})

test('a link into Desk is followed after signing in', async ({ page }) => {
  await page.goto('/payments?status=failed&sort=amount_desc')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await continueAs(page, 'Support')
  await expect(page).toHaveURL('/payments?status=failed&sort=amount_desc')
  await expect(page.getByRole('button', { name: 'Remove filter: status Failed' })).toBeVisible()
})

test('a sign-in link that names another site leads nowhere but into Desk', async ({ page }) => {
  await page.goto(`/sign-in?returnTo=${encodeURIComponent('//evil.example/payments')}`)
  await continueAs(page, 'Support')
  await expect(page).toHaveURL('/')
})

test('signing out ends the session at Desk, not only in this browser', async ({
  page,
  playwright,
  baseURL,
}) => {
  await page.goto('/')
  await continueAs(page, 'Admin')
  const stolen = await page.context().storageState()
  const thief = await playwright.request.newContext({
    storageState: stolen,
    ...(baseURL && { baseURL }),
  })
  expect(await statusOfMe(thief)).toBe(200)

  await page.getByRole('button', { name: 'Account of Admin' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(await statusOfMe(thief)).toBe(401)
  await thief.dispose()

  await page.goto('/payments')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test.describe('a session that ends meanwhile', () => {
  test.use({ expectedFaults: [/status of 401/] })

  test('leads to the sign-in page and back to the same address', async ({ page }) => {
    await page.goto('/')
    await continueAs(page, 'Support')
    await openPayments(page, '?status=completed')
    const loads = countLoads(page)
    await page.request.post('/api/auth/sign-out', {
      headers: { origin: new URL(page.url()).origin },
      data: {},
    })
    await page.getByRole('button', { name: 'Amount', exact: true }).last().click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await continueAs(page, 'Support')
    await expect(page).toHaveURL('/payments?status=completed&sort=amount_desc')
    expect(loads.loads(), 'loads of the document').toBe(0)
  })
})

async function statusOfMe(api: APIRequestContext): Promise<number> {
  return (await api.get('/trpc/identity.me')).status()
}
