import { expect, type Page } from '@playwright/test'

export type Persona = 'Support' | 'Finance' | 'Approver' | 'Admin' | 'Auditor'

/** One click on the sign-in page, as a visitor of the demo does. */
export async function continueAs(page: Page, persona: Persona): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: `Continue as ${persona}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()
}
