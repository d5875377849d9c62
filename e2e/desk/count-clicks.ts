import type { Page } from '@playwright/test'

/** Counts from now on how often a person pressed something in this document, by mouse or finger. */
export async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    document.body.dataset['clicks'] = '0'
    const count = () => {
      document.body.dataset['clicks'] = String(Number(document.body.dataset['clicks']) + 1)
    }
    addEventListener('pointerdown', count, { capture: true })
  })
  return async () => Number(await page.evaluate(() => document.body.dataset['clicks']))
}
