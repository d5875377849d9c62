import { serveBare } from './reads/bare-server.ts'
import { serveDesk } from './reads/desk-server.ts'
import { benchReads } from './reads/bench-reads.ts'

const usage = `pnpm bench reads [--rows 1m] [--seconds 6] [--check] [--data FOLDER]

  --rows     payments in the scratch database, such as 50k, 1m or 10m
  --seconds  how long each scenario runs on each side
  --check    exit with 1 when a goal is missed
  --data     keep the scratch database in this folder and use it again
`

const [benchmark, ...rest] = process.argv.slice(2)

if (benchmark === 'reads') process.exitCode = await benchReads(rest)
else if (benchmark === 'reads:desk') await serveDesk()
else if (benchmark === 'reads:bare') await serveBare()
else {
  process.stderr.write(usage)
  process.exitCode = 1
}
