import { type APIRequestContext, expect, type Page } from '@playwright/test'

export type Persona = 'Support' | 'Finance' | 'Approver' | 'Admin' | 'Auditor'
export type SignedInState = Awaited<ReturnType<APIRequestContext['storageState']>>

export const demoPassword = 'desk-demo-2026'
export const nobody = { cookies: [], origins: [] }

/** One click on the sign-in page, as a visitor of the demo does. */
export async function continueAs(page: Page, persona: Persona): Promise<void> {
  await page.getByRole('button', { name: `Continue as ${persona}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()
}

/** The cookies of a person who signed in. */
export async function signedInState(api: APIRequestContext, email: string): Promise<SignedInState> {
  const answer = await api.post('/api/auth/sign-in/demo', { data: { email } })
  expect(answer.status()).toBe(204)
  return api.storageState()
}
