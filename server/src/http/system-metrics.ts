import { Gauge, type Registry } from 'prom-client'
import type { SystemFacts } from '@desk/shared/system/system-facts'

interface SystemGauges {
  /** Replaces every value by what these facts say; what could not be read is absent. */
  readonly set: (facts: SystemFacts) => void
}

/** The facts of the status page as Prometheus knows them: seconds, bytes and counts. */
export function systemGauges(registry: Registry): SystemGauges {
  const gauges = new Map(
    Object.entries(help).map(([name, text]) => [
      name,
      new Gauge({ name: `desk_${name}`, help: text, registers: [registry] }),
    ]),
  )
  const tables = new Gauge({
    name: 'desk_table_size_bytes',
    help: 'Size of the largest tables with their indexes.',
    labelNames: ['table'] as const,
    registers: [registry],
  })
  const build = new Gauge({
    name: 'desk_build_info',
    help: 'Always 1; the version of this Desk is its label.',
    labelNames: ['version'] as const,
    registers: [registry],
  })
  const circuit = new Gauge({
    name: 'desk_upstream_circuit_state',
    help: '1 for the state in which calls to SpacePay are.',
    labelNames: ['state'] as const,
    registers: [registry],
  })
  return {
    set: (facts) => {
      for (const [name, value] of Object.entries(valuesOf(facts))) {
        const gauge = gauges.get(name)
        // Not 0: what is unknown is not zero.
        if (value === null) gauge?.remove()
        else gauge?.set(value)
      }
      tables.reset()
      for (const { name, bytes } of facts.storage?.tables ?? []) tables.labels(name).set(bytes)
      build.reset()
      build.labels(facts.version).set(1)
      for (const state of ['closed', 'open', 'half_open'] as const) {
        circuit.labels(state).set(facts.upstream.circuit === state ? 1 : 0)
      }
    },
  }
}

const help = {
  webhook_last_received_timestamp_seconds: 'When the newest webhook was accepted.',
  webhook_silence_seconds: 'How long nothing was accepted.',
  webhook_silence_expected_deliveries:
    'How many usually come in a stretch of the week like this silence.',
  webhook_silence_alarm: '1 while it is silent for longer than chance explains.',
  webhook_waiting_deliveries: 'Verified and not processed yet; counted up to 1000.',
  webhook_processing_lag_seconds: 'How long the oldest of them waits.',
  webhook_parked_deliveries: 'Failed for good; counted up to 1000.',
  webhook_refused_last_hour_deliveries: 'Not verified in the last hour; counted up to 1000.',
  sync_last_read_timestamp_seconds: 'When a list of SpacePay was last read.',
  sync_complete_until_timestamp_seconds: 'Every payment listed up to then is in Desk.',
  sync_history_read_payments: 'How far the first reading of all payments has come.',
  upstream_last_success_timestamp_seconds: 'When SpacePay last answered this Desk.',
  upstream_last_failure_timestamp_seconds: 'When it last failed this Desk.',
  upstream_rate_limited_answers: 'Answers 429 since this Desk started.',
  upstream_budget_calls: 'Calls that may go out at once; below 0 so many wait.',
  jobs_due: 'Due and not begun; of the first 1000.',
  jobs_running: 'Being worked on; of the first 1000.',
  jobs_failed: 'Tried as often as they may be; of the first 1000.',
  jobs_oldest_due_seconds: 'How long the oldest due job waits.',
  drift_open: 'Open contradictions between webhooks and API; counted up to 1000.',
  drift_open_stake_dollars: 'At stake in them.',
  exports_queued: 'Exports that wait.',
  exports_running: 'Exports being written.',
  audit_proved_timestamp_seconds: 'When the audit log was last walked in whole.',
  audit_broken: '1 while an entry of the audit log does not follow the one before.',
  database_size_bytes: 'The whole database.',
  live_viewers: 'Browsers that follow changes at this Desk.',
  live_listening: '1 while this Desk hears of changes.',
  live_delay_seconds: 'From telling the database to hearing of it.',
  instances: 'Desks on this database whose workers are there.',
  migrations_due: 'Migrations of this Desk that the database lacks.',
} as const

function valuesOf(facts: SystemFacts): Record<keyof typeof help, number | null> {
  const { webhooks, sync, upstream, budget, jobs, drift, exports, audit, storage, live } = facts
  const since = (instant: string | null | undefined) =>
    instant === null || instant === undefined
      ? null
      : Math.max(0, (Date.parse(facts.at) - Date.parse(instant)) / 1000)
  return {
    webhook_last_received_timestamp_seconds: seconds(webhooks?.gap.lastAt),
    webhook_silence_seconds: since(webhooks?.gap.lastAt),
    webhook_silence_expected_deliveries: webhooks?.gap.expected ?? null,
    webhook_silence_alarm: webhooks && Number(webhooks.gap.isAlarming),
    webhook_waiting_deliveries: webhooks?.waiting ?? null,
    webhook_processing_lag_seconds: webhooks && (since(webhooks.oldestWaitingAt) ?? 0),
    webhook_parked_deliveries: webhooks?.parked ?? null,
    webhook_refused_last_hour_deliveries: webhooks?.refusedInLastHour ?? null,
    sync_last_read_timestamp_seconds: seconds(sync?.lastReadAt),
    sync_complete_until_timestamp_seconds: seconds(sync?.completeUntil),
    sync_history_read_payments: sync?.history?.offset ?? null,
    upstream_last_success_timestamp_seconds: seconds(upstream.lastSuccessAt),
    upstream_last_failure_timestamp_seconds: seconds(upstream.lastFailureAt),
    upstream_rate_limited_answers: upstream.rateLimitedCount,
    upstream_budget_calls: budget?.callsLeft ?? null,
    jobs_due: jobs?.due ?? null,
    jobs_running: jobs?.running ?? null,
    jobs_failed: jobs?.failed ?? null,
    jobs_oldest_due_seconds: jobs && (since(jobs.oldestDueAt) ?? 0),
    drift_open: drift?.open ?? null,
    drift_open_stake_dollars: drift && drift.stakeCents / 100,
    exports_queued: exports?.queued ?? null,
    exports_running: exports?.running ?? null,
    audit_proved_timestamp_seconds: seconds(audit?.provedAt),
    audit_broken: audit && Number(audit.fault !== null),
    database_size_bytes: storage?.databaseBytes ?? null,
    live_viewers: live.viewers,
    live_listening: Number(live.isListening),
    live_delay_seconds: live.delayMs === null ? null : live.delayMs / 1000,
    instances: facts.desks,
    migrations_due: facts.migrations?.due ?? null,
  }
}

function seconds(instant: string | null | undefined): number | null {
  return instant === null || instant === undefined ? null : Date.parse(instant) / 1000
}
