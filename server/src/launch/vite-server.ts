import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stopChild } from './child-process.ts'
import { repositoryFolder, viteProgram } from './build-web.ts'

const vitePort = 5173

/** Development only: the browser app straight from its sources, with everything else passed on to Desk. */
export async function startViteServer(
  deskPort: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [viteProgram, '--port', String(vitePort), '--strictPort'], {
    cwd: repositoryFolder,
    env: { ...process.env, PORT: String(deskPort) },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await once(child, 'spawn')
  return { url: `http://localhost:${vitePort}`, stop: () => stopChild(child) }
}
