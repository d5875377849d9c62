import { type APIRequestContext, expect, type Page } from '@playwright/test'

export type Persona = 'Support' | 'Finance' | 'Approver' | 'Admin' | 'Auditor'
export type SignedInState = Awaited<ReturnType<APIRequestContext['storageState']>>

export const demoPassword = 'desk-demo-2026'
export const nobody = { cookies: [], origins: [] }

export function emailOf(persona: Persona): string {
  return `${persona.toLowerCase()}@desk.test`
}

/** One click on the sign-in page, as a visitor of the demo does. */
export async function continueAs(page: Page, persona: Persona): Promise<void> {
  await page.getByRole('button', { name: `Continue as ${persona}` }).click()
  await expect(page.getByRole('button', { name: `Account of ${persona}` })).toBeVisible()
}

/** E-mail and password into the form on screen; what comes next depends on the person. */
export async function givePassword(
  page: Page,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** The field for the app's six digits; sends by itself once they are complete. */
export async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Code from your authenticator app' }).fill(code)
}

/** The cookies of a demo person who signed in, second factor included. */
export async function signedInState(api: APIRequestContext, email: string): Promise<SignedInState> {
  const answer = await api.post('/api/auth/sign-in/demo', { data: { email } })
  expect(answer.status()).toBe(204)
  return api.storageState()
}
