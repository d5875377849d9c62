import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
} from '@playwright/test'
import { signedInState, type SignedInState } from './sign-in.ts'
import { untilHistoryIsRead } from './desk-api.ts'

interface Fixtures {
  /** Browser complaints that a test provokes on purpose; every other one fails it. */
  readonly expectedFaults: readonly RegExp[]
  readonly faults: string[]
  /** Another person's browser, watched like the first; signed in as support unless told otherwise. */
  readonly anotherBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>
}

interface WorkerFixtures {
  readonly supportState: SignedInState
}

/**
 * A browser in which support is signed in and SpacePay's history is read. A console error, an uncaught
 * exception, a dialog, a breach of the content policy or a 5xx answer in it fails the test.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  supportState: [
    async ({ playwright }, use) => {
      const baseURL = `http://localhost:${process.env['DESK_PORT']}`
      const api = await playwright.request.newContext({
        baseURL,
        extraHTTPHeaders: { origin: baseURL },
      })
      const state = await signedInState(api, 'support@desk.test')
      await untilHistoryIsRead(api)
      await api.dispose()
      await use(state)
    },
    { scope: 'worker' },
  ],
  storageState: async ({ supportState }, use) => use(supportState),
  expectedFaults: [[], { option: true }],
  faults: [
    async ({ expectedFaults }, use) => {
      const faults: string[] = []
      await use(faults)
      const unexpected = faults.filter((fault) => !expectedFaults.some((form) => form.test(fault)))
      expect(unexpected, 'what the browser complained about').toEqual([])
    },
    { auto: true },
  ],
  context: async ({ context, faults }, use) => {
    watch(context, faults)
    await use(context)
  },
  anotherBrowser: async ({ browser, contextOptions, baseURL, supportState, faults }, use) => {
    const opened: BrowserContext[] = []
    await use(async (options = {}) => {
      const context = await browser.newContext({
        ...contextOptions,
        ...(baseURL && { baseURL }),
        storageState: supportState,
        ...options,
      })
      opened.push(context)
      watch(context, faults)
      return context
    })
    for (const context of opened) await context.close()
  },
})

export { expect }

function watch(context: BrowserContext, faults: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().message}`))
  context.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} from ${response.url()}`)
  })
}
