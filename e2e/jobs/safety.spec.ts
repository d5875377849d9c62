import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '../desk/desk-test.ts'
import { openPayments, paymentsScreen } from '../desk/payments-screen.ts'
import { createPayment, merchantSecretKey, newOrderId } from '../desk/sandbox.ts'
import { demoPassword, nobody } from '../desk/sign-in.ts'

const webhookSecret = 'whsec_sandbox_desk'
const repository = resolve(import.meta.dirname, '../..')
const bundle = join(repository, 'web/dist')
const firstLoadBytesMax = 180 * 1024

for (const path of ['/', '/payments?status=failed', '/payments/x', '/no-such-page']) {
  test(`${path} comes with a policy that lets nothing foreign run and nobody frame it`, async ({
    request,
  }) => {
    const headers = (await request.get(path)).headers()
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cache-control']).toContain('no-store')
  })
}

test('the policy stops a script that somebody managed to write into the page', async ({
  page,
  faults,
}) => {
  await openPayments(page)
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "taken over"'
    document.body.append(script)
  })
  await expect(page).toHaveTitle('Payments · SpacePay Desk')
  await expect.poll(() => faults.splice(0).join('\n')).toMatch(/Content Security Policy/)
})

test('no answer that the screens ask for holds a secret', async ({ page }) => {
  const payment = await createPayment({ orderId: newOrderId() })
  const answers: string[] = []
  // Read on the way through: a body that was asked for later may be gone from the browser.
  await page.route(/\/trpc\/(?!payments\.changes)/, async (route) => {
    const response = await route.fetch()
    answers.push(await response.text())
    await route.fulfill({ response })
  })
  const screen = paymentsScreen(page)
  await openPayments(page)
  await screen.search.fill(payment.id)
  await expect(screen.link(payment.orderId)).toBeVisible()
  await screen.link(payment.orderId).click()
  await screen.drawer.getByRole('button', { name: 'Refresh from SpacePay' }).click()
  await expect(screen.drawer).toContainText('Up to date with SpacePay')
  await page.keyboard.press('Control+k')
  // The whole link, as a customer forwards it: Desk finds by its id and keeps nothing else of it.
  await page.getByRole('dialog').getByRole('combobox').fill(payment.paymentUrl)
  await expect(page.getByRole('option')).toHaveCount(1)

  const said = answers.join('\n')
  expect(said).toContain(payment.orderId)
  for (const secret of [merchantSecretKey, webhookSecret, payment.secret, payment.paymentUrl]) {
    expect(said).not.toContain(secret)
  }
  expect(said).not.toMatch(/"(secret|paymentUrl)"/)
})

test('the browser keeps no secret and no token where scripts can read it', async ({ page }) => {
  await openPayments(page)
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
  )
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name)).toContain('desk_session')
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  const values = cookies.map(({ value }) => value)
  for (const secret of [merchantSecretKey, webhookSecret, demoPassword, ...values]) {
    expect(kept).not.toContain(secret)
  }
})

test('the browser app as built holds no secret and no source map', () => {
  const files = globSync('**/*.{js,css,html,svg,map}', { cwd: bundle })
  expect(files.length).toBeGreaterThan(5)
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
  const text = files.map((file) => readFileSync(join(bundle, file), 'utf8')).join('\n')
  for (const secret of [merchantSecretKey, webhookSecret, demoPassword, repository]) {
    expect(text).not.toContain(secret)
  }
})

test.describe('a first visit', () => {
  test.use({ storageState: nobody })

  test('is answered by nothing from other hosts', async ({ page, baseURL }) => {
    const hosts = new Set<string>()
    page.on('request', (request) => hosts.add(new URL(request.url()).origin))
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    expect([...hosts]).toEqual([baseURL])
  })
})

test('the script that the payments page needs is at most 180 kB, compressed', async ({ page }) => {
  const scripts = new Set<string>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js')) scripts.add(pathname)
  })
  // What is only fetched for somebody who stays is no part of it, however long a slow machine takes.
  await page.addInitScript((staysMs) => {
    const usual = window.setTimeout.bind(window)
    Object.assign(window, {
      setTimeout: (run: () => void, delay = 0) => (delay < staysMs ? usual(run, delay) : 0),
    })
  }, 1_000)
  await openPayments(page)
  await expect(paymentsScreen(page).table.getByRole('link').first()).toBeVisible()
  const files = [...scripts].map((path) => {
    const text = readFileSync(join(bundle, path))
    return { path, text, bytes: gzipSync(text, { level: 9 }).byteLength }
  })
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  test.info().annotations.push({ type: 'first load', description: `${bytes} bytes` })
  const inKilobytes = (size: number) => `${(size / 1024).toFixed(1)} kB`
  const biggestFirst = files.toSorted((a, b) => b.bytes - a.bytes)
  process.stdout.write(
    [
      `    JavaScript to the payments page: ${inKilobytes(bytes)} gzip in ${files.length} files\n`,
      ...biggestFirst.map((file) => `      ${inKilobytes(file.bytes)} ${file.path}\n`),
    ].join(''),
  )
  expect(bytes, '`pnpm size` tells what it is made of').toBeLessThanOrEqual(firstLoadBytesMax)
  // Bigger than all of this: charts may only ever come after the first screen.
  const withCharts = files.filter(({ text }) => text.includes('recharts'))
  expect(withCharts.map(({ path }) => path)).toEqual([])
})
