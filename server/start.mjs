import module from 'node:module'
import { fileURLToPath } from 'node:url'

// Plain JavaScript, so that a Node too old for the rest can still say what it lacks.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Desk needs Node 22.18 or newer, this is ${process.versions.node}. Install a newer Node and start again.\n`,
  )
  process.exit(1)
}
// A third of the time to load Desk; kept where only those who may change its code can write.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)))
await import('./src/start.ts')
