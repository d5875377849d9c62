import { benchCharts } from './charts/bench-charts.ts'
import { benchIngest } from './ingest/bench-ingest.ts'
import { serveBare } from './reads/bare-server.ts'
import { serveDesk } from './reads/desk-server.ts'
import { benchReads } from './reads/bench-reads.ts'
import { benchSize } from './size/bench-size.ts'

const usage = `pnpm bench reads [--rows 1m] [--seconds 6] [--only TEXT] [--check] [--data FOLDER]

  --rows     payments in the scratch database, such as 50k, 1m or 10m
  --seconds  how long each scenario runs on each side
  --only     those scenarios alone whose name holds this text, or one of several with commas
  --check    exit with 1 when any goal is missed; a read over a second always does
  --data     keep the scratch database in this folder and use it again

pnpm bench ingest [--seconds 10] [--rate 1000 --minutes 5] [--rows 50k] [--check] [--data FOLDER]

  --seconds  how long each side takes signed webhooks as fast as it can, over 32 connections
  --rate     instead: so many a second for some minutes, with the list of payments read meanwhile
  --rows     payments in the scratch database

pnpm bench charts [--rows 1m] [--seconds 6] [--check] [--data FOLDER]

  --rows     payments in the scratch database, such as 50k, 1m or 10m
  --seconds  how long each chart is asked for on each side, over 8 connections
  --check    exit with 1 when a goal is missed; sums that are not what payments add up to always do

pnpm bench size

  What JavaScript each screen loads; exits with 1 when it is too much for the payments page.
`

const [benchmark, ...rest] = process.argv.slice(2)

if (benchmark === 'reads') process.exitCode = await benchReads(rest)
else if (benchmark === 'charts') process.exitCode = await benchCharts(rest)
else if (benchmark === 'ingest') process.exitCode = await benchIngest(rest)
else if (benchmark === 'ingest:desk') await serveDesk({ receives: true })
else if (benchmark === 'size') process.exitCode = await benchSize()
else if (benchmark === 'reads:desk') await serveDesk({ receives: false })
else if (benchmark === 'reads:bare') await serveBare()
else {
  process.stderr.write(usage)
  process.exitCode = 1
}
