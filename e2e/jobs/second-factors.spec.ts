import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from '../desk/desk-test.ts'
import { newcomersPassword, saveRecoveryCodes, setUp } from '../desk/newcomer.ts'
import { startOwnDesk } from '../desk/own-desk.ts'
import { givePassword, nobody } from '../desk/sign-in.ts'

const ada = { email: 'ada@shop.example', password: newcomersPassword }

test.describe('second factors', () => {
  test.use({ storageState: nobody, expectedFaults: [/status of 40[13]/] })
  test.setTimeout(120_000)

  test('an admin adds a passkey, confirms with it, and gets in with it, a code or a recovery code', async ({
    anotherBrowser,
  }) => {
    await using desk = await startOwnDesk()
    const browser = await anotherBrowser({ storageState: nobody, baseURL: desk.url })
    const page = await browser.newPage()
    await addPasskeyDevice(browser, page)
    const app = await setUp(page, desk)

    await page.goto('/settings/profile')
    await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeDisabled()
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByLabel('Name of the passkey').fill('Work laptop')
    await page.getByRole('button', { name: 'Add the passkey' }).click()
    await expect(page.getByText('Work laptop')).toBeVisible()

    // A proof counts for five minutes; after six Desk asks once more, and then does what was asked.
    expect(await desk.letTimePass()).toMatchObject({ code: 0 })
    await page.getByRole('button', { name: 'Make new codes' }).click()
    await page.getByRole('button', { name: 'Make codes', exact: true }).click()
    const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await question.getByRole('button', { name: 'Use a code from your app' }).click()
    await question.getByLabel('Code from your authenticator app').fill(app.wrongCode())
    await expect(question.getByText('This code is not right')).toBeVisible()
    await question.getByRole('button', { name: 'Use a passkey' }).click()
    await question.getByRole('button', { name: 'Use passkey' }).click()
    const [firstCode = ''] = await saveRecoveryCodes(page)
    await page.getByRole('button', { name: 'Done' }).click()

    // Whoever would rather not is left where they were.
    await desk.letTimePass()
    await page.getByRole('button', { name: 'Make new codes' }).click()
    await page.getByRole('button', { name: 'Make codes', exact: true }).click()
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(question).toBeHidden()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText('10 of 10 left')).toBeVisible()

    await signOut(page)
    await givePassword(page, ada)
    await page.getByRole('button', { name: 'Use passkey' }).click()
    await expectToBeIn(page)

    await signOut(page)
    await givePassword(page, ada)
    await page.getByRole('button', { name: 'Use a code from your app' }).click()
    await page.getByLabel('Code from your authenticator app').fill(await app.nextCode())
    await expectToBeIn(page)

    await signOut(page)
    await givePassword(page, ada)
    await page.getByRole('button', { name: 'Use a recovery code' }).click()
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(firstCode.toLowerCase())
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expectToBeIn(page)
    await page.goto('/settings/profile')
    await expect(page.getByText('9 of 10 left')).toBeVisible()

    // Somebody who lost everything is helped on the server.
    const reset = await desk.command('reset-factor.ts', ada.email)
    expect(reset).toMatchObject({ code: 0, output: expect.stringContaining('no second factor') })
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await givePassword(page, ada)
    await expect(page.getByRole('heading', { name: 'Add a second factor to go on' })).toBeVisible()
    expect(await desk.command('verify.ts', 'audit')).toMatchObject({ code: 0 })
  })
})

/** A fingerprint reader that always recognises its owner. */
async function addPasskeyDevice(browser: BrowserContext, page: Page): Promise<void> {
  const devtools = await browser.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account of Ada' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
}

async function expectToBeIn(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Account of Ada' })).toBeVisible()
}
