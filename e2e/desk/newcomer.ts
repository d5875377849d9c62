import { expect, type Page } from '@playwright/test'
import { type AuthenticatorApp, authenticatorApp } from './authenticator-app.ts'
import { handedOut } from './handed-out.ts'
import type { OwnDesk } from './own-desk.ts'

/** What somebody new to Desk does until they are in. */
export const newcomersPassword = 'orchid lantern gravel'

export function setupLinkIn(desk: OwnDesk): string {
  const link = /http[^\s"]+\/invitation#[\w.-]+/.exec(desk.output())?.[0]
  if (!link) throw new Error(`No set-up link in: ${desk.output()}`)
  return link
}

/** Fills what an invitation asks for. */
export async function join(
  page: Page,
  { name, verb }: { readonly name: string; readonly verb: string },
): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Choose a password').fill(newcomersPassword)
  await page.getByRole('button', { name: verb }).click()
}

/** On the page that stands between a new approver or admin and Desk. */
export async function enrolToGoOn(page: Page): Promise<AuthenticatorApp> {
  await expect(page.getByRole('heading', { name: 'Add a second factor to go on' })).toBeVisible()
  await page.getByRole('button', { name: /^Authenticator app/ }).click()
  const app = await addAuthenticator(page)
  await page.getByRole('button', { name: 'Go on to Desk' }).click()
  await expect(page.getByRole('button', { name: 'Account of' })).toBeVisible()
  return app
}

/** Reads the key from the screen, as somebody without a camera would, and saves the recovery codes. */
export async function addAuthenticator(page: Page): Promise<AuthenticatorApp> {
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
  const app = authenticatorApp(await page.locator('form code').innerText())
  await page.getByLabel('Code from the app').fill(await app.nextCode())
  await saveRecoveryCodes(page)
  return app
}

export async function saveRecoveryCodes(page: Page): Promise<readonly string[]> {
  const list = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(list).toHaveCount(10)
  const codes = await list.allInnerTexts()
  handedOut(...codes)
  await page.getByRole('checkbox', { name: 'I have saved these codes' }).check()
  return codes
}

/** The first admin of a new Desk, by its set-up link. */
export async function setUp(page: Page, desk: OwnDesk): Promise<AuthenticatorApp> {
  await page.goto(setupLinkIn(desk))
  await page.getByLabel('E-mail').fill('ada@shop.example')
  await join(page, { name: 'Ada', verb: 'Become the first admin' })
  return enrolToGoOn(page)
}
