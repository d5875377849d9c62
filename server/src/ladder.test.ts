import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

const root = resolve(import.meta.dirname, '../..')

/** A file, and an import it must not have. */
const forbidden = [
  ['server/src/kernel/a.ts', '../payments/project-payment.ts'],
  ['server/src/kernel/b.ts', '../gateway/gateway.ts'],
  ['server/src/kernel/c.ts', 'fastify'],
  ['server/src/database.ts', './identity/auth.ts'],
  ['server/src/migrate.ts', './sync/sweep.ts'],
  ['server/src/embedded-postgres.ts', './http/build-http.ts'],
  ['server/src/audit/a.ts', '../outbox/enqueue.ts'],
  ['server/src/outbox/a.ts', '../payments/observations.ts'],
  ['server/src/outbox/b.ts', '../mail/mailer.ts'],
  ['server/src/mail/a.ts', '../identity/auth.ts'],
  ['server/src/gateway/a.ts', '../payments/observations.ts'],
  ['server/src/gateway/b.ts', '@desk/sandbox/start-sandbox'],
  ['server/src/identity/a.ts', '../payments/observations.ts'],
  ['server/src/payments/a.ts', '../identity/auth.ts'],
  ['server/src/payments/b.ts', '../webhooks/receive-webhook.ts'],
  ['server/src/quotes/a.ts', '../payments/observations.ts'],
  ['server/src/withdrawals/a.ts', '../settlements/rollups.ts'],
  ['server/src/settlements/a.ts', '../http/build-http.ts'],
  ['server/src/payments/d.ts', '../drift/apply-drift.ts'],
  ['server/src/drift/a.ts', '../attention/sweep.ts'],
  ['server/src/webhooks/a.ts', '../sync/sweep.ts'],
  ['server/src/sync/a.ts', '../attention/queue.ts'],
  ['server/src/attention/a.ts', '../app.ts'],
  ['server/src/exports/a.ts', '../views/views.queries.ts'],
  ['server/src/views/a.ts', '../exports/run-export.ts'],
  ['server/src/insights/a.ts', '../exports/run-export.ts'],
  ['server/src/settlements/b.ts', '../insights/insights.queries.ts'],
  ['server/src/payments/c.ts', '../exports/run-export.ts'],
  ['server/src/webhooks/b.ts', '../system/system-status.ts'],
  ['server/src/system/a.ts', '../http/system-metrics.ts'],
  ['server/src/http/a.ts', '../main.ts'],
  ['server/src/http/b.ts', '@desk/web/app'],
  ['shared/src/money/a.ts', '@desk/server/app-router'],
  ['shared/src/money/b.ts', 'zod'],
  ['shared/src/money/c.ts', 'node:fs'],
  ['sandbox/src/payments/a.ts', '@desk/shared/payments/payment'],
  ['sandbox/src/payments/b.ts', '../../../server/src/gateway/gateway.ts'],
  ['web/src/payments/a.ts', '@desk/server/app-router'],
  ['web/src/payments/b.ts', 'zod'],
  ['web/src/payments/c.ts', 'node:fs'],
  ['web/src/ui/a.ts', '../payments/payment-flags.tsx'],
  ['web/src/ui/b.ts', '../app/api.ts'],
  ['web/src/ui/c.ts', '@tanstack/react-query'],
] as const

/** The same rooms doing what they may. */
const allowed = [
  ['server/src/kernel/ok.ts', '@desk/shared/payments/payment'],
  ['server/src/payments/ok.ts', '../gateway/gateway.ts'],
  ['server/src/attention/ok.ts', '../drift/apply-drift.ts'],
  ['server/src/webhooks/ok.ts', '../payments/observations.ts'],
  ['server/src/exports/ok.ts', '@desk/shared/exports/export-columns'],
  ['server/src/system/ok.ts', '../webhooks/arrival-gap.queries.ts'],
  ['server/src/http/ok.ts', 'fastify'],
  ['server/src/app.ts', './http/build-http.ts'],
  ['shared/src/money/ok.ts', 'zod/mini'],
  ['web/src/app/api.ts', '@desk/server/app-router'],
  ['web/src/payments/ok.ts', '../ui/badge.tsx'],
] as const

let folder = ''
let refused: ReadonlySet<string> = new Set()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-ladder-'))
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [file, target] of [...forbidden, ...allowed]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(
      join(folder, file),
      `import { thing } from '${target}'\nexport const used = thing\n`,
    )
  }
  const lint = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  refused = new Set(
    report
      .parse(JSON.parse(lint.stdout))
      .diagnostics.filter(({ code }) => code === 'eslint(no-restricted-imports)')
      .map(({ filename }) => filename),
  )
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(forbidden)('%s may not import %s', (file) => {
  expect(refused).toContain(file)
})

test.each(allowed)('%s may import %s', (file) => {
  expect(refused).not.toContain(file)
})

const report = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string() })),
})
