import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen, settled } from '../desk/payments-screen.ts'

const ROWS = 1_000

/** What the page tells about itself, in milliseconds but for the shift. */
interface Vitals {
  largestPaintMs: number
  layoutShift: number
  slowestInteractionMs: number
}

for (const { name, isSlow } of [
  { name: 'slow 4G and a quarter of the processor', isSlow: true },
  { name: 'as it is', isSlow: false },
]) {
  test(`@vitals the payments page with ${name}`, async ({ page, context }) => {
    test.setTimeout(300_000)
    if (isSlow) {
      const devtools = await context.newCDPSession(page)
      // As Lighthouse slows a page down: 150 ms to the server, 1.6 Mbit/s, each with what a browser adds.
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 562.5,
        downloadThroughput: (1_474.56 * 1_024) / 8,
        uploadThroughput: (675 * 1_024) / 8,
      })
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    }
    await page.addInitScript(() => {
      const vitals = { largestPaintMs: 0, layoutShift: 0, slowestInteractionMs: 0 }
      Object.assign(window, { vitals })
      const observe = (type: string, take: (entry: object) => void) =>
        new PerformanceObserver((list) =>
          list.getEntries().forEach((entry) => take(entry)),
        ).observe({
          type,
          buffered: true,
          ...(type === 'event' && { durationThreshold: 16 }),
        })
      observe('largest-contentful-paint', (entry) => {
        if ('startTime' in entry) vitals.largestPaintMs = Number(entry.startTime)
      })
      // Shifts less than a second apart, of five seconds at most, count together; the worst such group counts.
      let group = { startedAt: 0, lastAt: 0, sum: 0 }
      observe('layout-shift', (entry) => {
        if (!('value' in entry && 'startTime' in entry && 'hadRecentInput' in entry)) return
        if (entry.hadRecentInput === true) return
        const at = Number(entry.startTime)
        const isNew = at - group.lastAt > 1_000 || at - group.startedAt > 5_000
        const { startedAt, sum } = isNew ? { startedAt: at, sum: 0 } : group
        group = { startedAt, lastAt: at, sum: sum + Number(entry.value) }
        vitals.layoutShift = Math.max(vitals.layoutShift, group.sum)
      })
      observe('event', (entry) => {
        if ('interactionId' in entry && 'duration' in entry && Number(entry.interactionId) > 0) {
          vitals.slowestInteractionMs = Math.max(
            vitals.slowestInteractionMs,
            Number(entry.duration),
          )
        }
      })
    })
    const vitals = () => page.evaluate((): Vitals => Reflect.get(window, 'vitals'))
    await openPayments(page)
    const screen = paymentsScreen(page)
    await expect(screen.table.getByRole('link').first()).toBeVisible()
    const opened = await vitals()

    await screen.table.getByRole('link').first().hover()
    await expect(async () => {
      await page.mouse.wheel(0, 20_000)
      const count = await screen.table.getAttribute('aria-rowcount')
      expect(Number(count)).toBeGreaterThan(ROWS)
    }).toPass({ timeout: 200_000, intervals: [200] })
    for (const key of ['j', 'j', 'j', 'k', 'x', 'Escape', 'Enter', 'Escape']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(300)
    }
    await screen.search.click()
    await page.keyboard.type('status:failed', { delay: 100 })
    await page.keyboard.press('Enter')
    await settled(page)
    const used = await vitals()
    process.stdout.write(
      `    ${name}: largest paint ${opened.largestPaintMs.toFixed(0)} ms, layout shift ${opened.layoutShift.toFixed(3)} (${used.layoutShift.toFixed(3)} with all that was done), slowest interaction over ${ROWS} rows ${used.slowestInteractionMs.toFixed(0)} ms\n`,
    )
  })
}
