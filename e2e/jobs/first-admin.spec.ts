import type { BrowserContext, Page } from '@playwright/test'
import type { AuthenticatorApp } from '../desk/authenticator-app.ts'
import { expect, test } from '../desk/desk-test.ts'
import { handedOut } from '../desk/handed-out.ts'
import { addAuthenticator, enrolToGoOn, join, setupLinkIn, setUp } from '../desk/newcomer.ts'
import { startOwnDesk } from '../desk/own-desk.ts'
import { nobody } from '../desk/sign-in.ts'

test.describe('a new installation', () => {
  test.use({ storageState: nobody, expectedFaults: [/status of 4(01|10)/] })
  test.setTimeout(180_000)

  test('is set up from the link; people are invited, add factors, and a leaver is out at once', async ({
    anotherBrowser,
  }) => {
    await using desk = await startOwnDesk()
    const browserOf = () => anotherBrowser({ storageState: nobody, baseURL: desk.url })

    // The first admin opens the link of the log.
    const adminBrowser = await browserOf()
    const admin = await adminBrowser.newPage()
    const adminApp = await setUp(admin, desk)

    // The link is used up.
    const latecomer = await (await browserOf()).newPage()
    await latecomer.goto(setupLinkIn(desk))
    await expect(latecomer.getByRole('alert')).toContainText('used already')
    await expect(latecomer, 'the token leaves the address bar').toHaveURL(`${desk.url}/invitation`)

    // Ada invites a finance person and an approver.
    await admin.getByRole('link', { name: 'Settings', exact: true }).click()
    await admin.getByRole('link', { name: 'Team' }).click()
    const financeLink = await invite(admin, adminApp, { name: 'Finn', role: 'Finance' })
    const approverLink = await invite(admin, adminApp, { name: 'Ana', role: 'Approver' })

    // Each joins; the approver cannot go on without a second factor, finance adds one by choice.
    const finn = await accept(await browserOf(), financeLink, 'Finn')
    await expect(finn.getByRole('button', { name: 'Account of' })).toBeVisible()
    await finn.goto('/settings/profile')
    await finn.getByRole('button', { name: 'Add an authenticator app' }).click()
    await addAuthenticator(finn)
    await finn.getByRole('button', { name: 'Done' }).click()
    await expect(finn.getByText('10 of 10 left')).toBeVisible()

    const ana = await accept(await browserOf(), approverLink, 'Ana')
    await enrolToGoOn(ana)

    // Ada removes Finn, whose open tab signs out with a sentence.
    await admin.goto('/settings/team')
    await admin.getByRole('row', { name: /Finn/ }).click()
    const drawer = admin.getByRole('dialog', { name: /Finn/ })
    await drawer.getByRole('button', { name: 'Remove', exact: true }).click()
    const question = admin.getByRole('dialog', { name: 'Remove Finn?' })
    await expect(question.getByText('1 open session of theirs')).toBeVisible()
    await question.getByRole('button', { name: 'Remove person' }).click()
    await proveIfAsked(admin, adminApp)
    await expect(admin.getByRole('dialog', { name: 'Finn is removed' })).toBeVisible()
    await expect(finn.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await expect(finn.getByText('An admin removed your account from Desk.')).toBeVisible()

    // The audit log tells the story, and the command that walks its chain agrees.
    await admin.goto('/audit')
    for (const words of [
      /Ada.*set up/i,
      /Ada invited finn@shop\.example/,
      /Ada invited ana@shop\.example/,
      /Finn joined/,
      /Ana joined/,
      /Ada removed/,
    ]) {
      await expect(admin.getByText(words).first()).toBeVisible()
    }
    const { code, output } = await desk.command('verify.ts', 'audit')
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^audit: /) })
    for (const page of [admin, latecomer, finn, ana]) await page.close()
  })
})

async function accept(browser: BrowserContext, link: string, name: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(link)
  await join(page, { name, verb: 'Join' })
  return page
}

async function invite(
  admin: Page,
  app: AuthenticatorApp,
  person: { readonly name: string; readonly role: string },
): Promise<string> {
  await admin.getByRole('button', { name: 'Invite a person' }).click()
  const dialog = admin.getByRole('dialog', { name: /Invite/ })
  await dialog.getByLabel('E-mail').fill(`${person.name.toLowerCase()}@shop.example`)
  await dialog.getByLabel('Name').fill(person.name)
  await dialog.getByRole('checkbox', { name: person.role }).check()
  await dialog.getByRole('button', { name: /^Invite/ }).click()
  await proveIfAsked(admin, app)
  const link = await admin.getByText(/\/invitation#/).innerText()
  handedOut(new URL(link).hash.slice(1))
  await admin.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  return link
}

/** Within five minutes of the last proof nobody is asked. */
async function proveIfAsked(page: Page, app: AuthenticatorApp): Promise<void> {
  const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
  if (!(await question.isVisible())) return
  await question.getByLabel('Code from your authenticator app').fill(await app.nextCode())
  await expect(question).toBeHidden()
}
