import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url))
// Tests start real servers and hash real passwords, on machines that do other things too.
const tests = { include: ['src/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 }
/** `pnpm dev`: what is not the browser app is Desk's. */
const desk = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`

const firstScreen = ['web/src/app/shell.tsx', 'web/src/payments/payments-page.tsx'].map(folder)
const onFirstScreen = new Set<string>()

/** What the first screen draws with and others do too; null for the rest, which is split by who needs it. */
function firstScreenChunk(id: string, modules: Modules): string | null {
  const visit = (one: string) => {
    if (onFirstScreen.has(one)) return
    onFirstScreen.add(one)
    modules.getModuleInfo(one)?.importedIds.forEach(visit)
  }
  firstScreen.forEach(visit)
  return onFirstScreen.has(id) ? 'first-screen' : null
}

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

export default defineConfig({
  root: folder('web'),
  plugins: [react(), tailwindcss()],
  // Development only: the page comes from here, everything else from Desk.
  server: {
    proxy: {
      '/trpc': desk,
      '/api': desk,
      '^/exports/[^/]+(?:/manifest)?$': desk,
      '^/attachments/': desk,
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2024',
    // Every browser that knows the target's JavaScript knows this, too.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Every screen needs these; in one file they compress better than shared out over many.
          groups: [
            {
              name: 'libraries',
              test: /node_modules[\\/](?:\.pnpm[\\/][^\\/]+[\\/]node_modules[\\/])?(?:react|react-dom|scheduler|use-sync-external-store|@tanstack|@trpc)[\\/]/,
            },
            // The list of payments is what most come for: without these two it came in forty small files.
            { name: 'start', tags: ['$initial'] },
            { name: firstScreenChunk, debugName: 'first screen', minShareCount: 2 },
          ],
        },
      },
    },
  },
  test: {
    // They wait for databases and processes more than they compute, on machines of two cores.
    maxWorkers: 3,
    projects: [
      { test: { ...tests, name: 'shared', root: folder('shared') } },
      { test: { ...tests, name: 'sandbox', root: folder('sandbox') } },
      {
        test: {
          ...tests,
          name: 'server',
          root: folder('server'),
          globalSetup: folder('server/src/testing/global-setup.ts'),
        },
      },
      { test: { ...tests, name: 'web', root: folder('web') } },
    ],
  },
})
