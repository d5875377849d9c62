import type { CronItem } from 'graphile-worker'
import type { TaskName } from './tasks.ts'

const dayMs = 24 * 60 * 60 * 1000

/**
 * What is done once a day for all Desks together, at a time of UTC. The turn that nobody was there for is
 * made up for at the next start; those before it are not.
 */
export const daily = [
  {
    task: 'audit.head',
    identifier: 'audit.head.daily',
    match: '5 0 * * *',
    payload: { subject: 'daily' },
    options: { backfillPeriod: dayMs, jobKey: 'audit.head:daily' },
  },
  {
    task: 'export.expire',
    identifier: 'export.expire.daily',
    match: '25 0 * * *',
    payload: { subject: 'daily' },
    options: { backfillPeriod: dayMs, jobKey: 'export.expire:daily' },
  },
  {
    task: 'webhook.bodies',
    identifier: 'webhook.bodies.daily',
    match: '45 0 * * *',
    payload: { subject: 'daily' },
    options: { backfillPeriod: dayMs, jobKey: 'webhook.bodies:daily' },
  },
] satisfies readonly (CronItem & { readonly task: TaskName })[]
