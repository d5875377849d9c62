import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserArguments, browserPath } from './desk/browser.ts'
import { freePort } from './desk/free-port.ts'

// This file is read again by every worker: what it chose the first time stands in the environment.
process.env['DESK_PORT'] ??= String(await freePort())
process.env['DESK_SANDBOX_PORT'] ??= String(await freePort())
process.env['DESK_LOG'] ??= join(tmpdir(), `desk-e2e-${process.pid}.log`)
process.env['DESK_DATA_DIR'] ??= join(tmpdir(), `desk-e2e-${process.pid}`)
process.env['DESK_BROWSER'] ??= await browserPath()

const { DESK_PORT, DESK_SANDBOX_PORT, DESK_LOG, DESK_DATA_DIR, DESK_BROWSER } = process.env
/** Made on request only: pictures and times are no tests, and they want a shop with more customers. */
const isOnRequest = process.argv.some((argument) => /@(?:screenshot|vitals)/.test(argument))

export default defineConfig({
  // One Desk and two cores: tests that share them would only wait for each other.
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  ...(!isOnRequest && { grepInvert: /@(?:screenshot|vitals)/ }),
  projects: [
    { name: 'jobs', testDir: 'jobs', teardown: 'after all' },
    { name: 'after all', testDir: 'after-all' },
  ],
  outputDir: 'test-results',
  use: {
    baseURL: `http://localhost:${DESK_PORT}`,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: DESK_BROWSER, args: browserArguments },
  },
  webServer: {
    command: 'node desk/run-desk.ts',
    url: `http://localhost:${DESK_PORT}/readyz`,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: {
      PORT: DESK_PORT,
      SANDBOX_PORT: DESK_SANDBOX_PORT,
      DESK_LOG,
      DESK_DATA_DIR,
      LOG_LEVEL: 'info',
      SANDBOX_HISTORY: isOnRequest ? '4000' : '400',
      SANDBOX_BLOCK_MS: '250',
      SANDBOX_TRAFFIC: 'off',
    },
  },
})
