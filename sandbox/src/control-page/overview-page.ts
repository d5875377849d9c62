import { type Html, html } from '../pages/html.ts'
import type { World } from '../world.ts'
import { actPath } from './section-forms.ts'
import { actButton, choiceField, textField } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { factList } from './list-table.ts'
import { count, countOf, duration, instant, statusBadge } from './shown.ts'
import type { Refusal, Told } from './told.ts'

export const clockSteps = [
  ['600000', '10 minutes'],
  ['3600000', '1 hour'],
  ['86400000', '1 day'],
] as const

/** What there is, what time it is, and what can be changed while it runs. */
export function overviewPage(world: World, told: Told): string {
  return controlPage(world, {
    section: 'overview',
    told,
    body: html`<div class="columns">
      <div>${holdings(world)} ${bankBox(world)}</div>
      <div>
        ${clockBox()} ${switchBox(world, told.refusal)} ${startOverBox(world, told.refusal)}
      </div>
    </div>`,
  })
}

function holdings(world: World): Html {
  const { origin, settings, webhooks } = world
  const payments = world.payments.all()
  const withdrawals = world.withdrawals.all()
  return html`<section data-live="holdings">
    <h2>What it holds</h2>
    ${factList([
      ['Payments', html`${count(payments.length)} ${byStatus(payments, '/control/payments')}`],
      [
        'Withdrawals',
        html`${count(withdrawals.length)} ${byStatus(withdrawals, '/control/withdrawals')}`,
      ],
      [
        'Webhooks',
        html`${countOf(webhooks.store.endpoints().length, 'endpoint')},
        ${count(webhooks.store.waiting().length)} waiting to be sent`,
      ],
      [
        'History',
        html`${countOf(origin().historyCount, 'payment')} from seed <code>${origin().seed}</code>,
          made for ${instant(origin().anchor)}`,
      ],
      ['Profile', html`<code>${settings.profile}</code>`],
      ['API', html`<code>${world.url()}/v1/external/secretkey-auth</code>`],
      ['Rate limit', html`${rateLimitText(world)}`],
      [
        'State',
        html`${settings.dataFile === null ? 'in memory' : html`<code>${settings.dataFile}</code>`}`,
      ],
    ])}
  </section>`
}

/** Last month's statement of the merchant's bank, for whoever reconciles. */
function bankBox(world: World): Html {
  const now = new Date(world.clock.now())
  const dayOf = (month: number, day: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, day))
      .toISOString()
      .slice(0, 10)
  const lastMonth = `from=${dayOf(-1, 1)}&to=${dayOf(0, 0)}`
  const link = (path: string, faults: number, text: string) =>
    html`<a
      class="button quiet"
      href="/__sandbox/bank-statement${path}?${lastMonth}&faults=${faults}"
      >${text}</a
    >`
  return html`<section>
    <h2>Bank statement of last month</h2>
    <p class="muted">
      What the merchant’s bank booked: payouts on the next working day, and what else happens on an
      account. With discrepancies, 40 payouts are late, short or over.
    </p>
    <div class="buttons">
      ${link('.csv', 0, 'CSV')} ${link('.xml', 0, 'CAMT.053')}
      ${link('.csv', 40, 'CSV with discrepancies')}
      ${link('.xml', 40, 'CAMT.053 with discrepancies')}
      ${link('/discrepancies', 40, 'What is wrong with it')}
    </div>
  </section>`
}

function rateLimitText({ settings: { rateLimit } }: World): string {
  if (rateLimit === null) return 'off'
  return `${countOf(rateLimit.requests, 'request')} in ${duration(rateLimit.windowMs)}`
}

function byStatus(records: readonly { readonly status: string }[], path: string): Html {
  const counts = new Map<string, number>()
  for (const { status } of records) counts.set(status, (counts.get(status) ?? 0) + 1)
  return html`<span class="tally"
    >${[...counts]
      .toSorted(([, one], [, other]) => other - one)
      .map(
        ([status, number]) =>
          html`<a href="${path}?status=${status}">${statusBadge(status)} ${count(number)}</a>`,
      )}</span
  >`
}

function clockBox(): Html {
  return html`<section>
    <h2>Clock</h2>
    <p class="muted">
      Moves sandbox time forward. Quotes and payments expire, blocks come and retries are sent as if
      one had waited. It cannot be moved back.
    </p>
    <div class="buttons">
      ${clockSteps.map(([ms, name]) =>
        actButton({ action: `${actPath}/clock`, text: `+ ${name}`, fields: { ms } }),
      )}
    </div>
  </section>`
}

const onOff = [
  ['true', 'On'],
  ['false', 'Off'],
] as const

function switchBox(world: World, refusal: Refusal | null): Html {
  const { payload, depositsEnabled, withdrawalsEnabled, retryDivisor } = world.switches.get()
  return html`<section id="switches">
    <h2>Switches</h2>
    <form method="post" action="${actPath}/switches" class="grid">
      ${choiceField({
        form: 'switches',
        label: 'Webhook payload',
        name: 'payload',
        value: payload,
        refusal,
        choices: [
          ['minimal', 'Minimal (documented)'],
          ['full', 'Full object'],
        ],
      })}
      ${choiceField({ form: 'switches', label: 'Deposits', name: 'depositsEnabled', value: String(depositsEnabled), refusal, choices: onOff })}
      ${choiceField({ form: 'switches', label: 'Withdrawals', name: 'withdrawalsEnabled', value: String(withdrawalsEnabled), refusal, choices: onOff })}
      ${textField({ form: 'switches', label: 'Webhook retry speed', name: 'retryDivisor', value: String(retryDivisor), refusal, kind: 'whole', hint: 'Divides the pauses between attempts; 1 is real life.' })}
      <div class="buttons"><button>Save switches</button></div>
    </form>
  </section>`
}

function startOverBox(world: World, refusal: Refusal | null): Html {
  const { seed, historyCount } = world.origin()
  return html`<section>
    <h2>Start over</h2>
    <form method="get" action="/control/start-over" class="grid">
      ${textField({ form: 'start-over', label: 'Seed', name: 'seed', value: seed, refusal, lengthMax: 100, hint: 'The same seed gives the same history.' })}
      ${textField({ form: 'start-over', label: 'Payments', name: 'historyCount', value: String(historyCount), refusal, kind: 'whole', hint: 'From 0 to 1,000,000.' })}
      <div class="buttons"><button class="quiet">Start over…</button></div>
    </form>
  </section>`
}

/** What would be lost, before it is. */
export function startOverPage(
  world: World,
  wish: { readonly seed: string; readonly historyCount: number },
  told: Told,
): string {
  const { seed, historyCount } = wish
  return controlPage(world, {
    section: 'overview',
    title: 'Start over?',
    told,
    body: html`<section class="narrow">
      <p>
        This throws away ${countOf(world.payments.all().length, 'payment')},
        ${countOf(world.withdrawals.all().length, 'withdrawal')}, every webhook that was sent and
        the log of requests. Faults, switches, scenarios and troubles of networks end. Webhook
        endpoints stay, and so does the clock.
      </p>
      <p>
        Then ${countOf(historyCount, 'payment')} are made from the seed
        <code>${seed}</code>. Whoever keeps a copy of the payments, such as Desk, will find others
        than it knew.
      </p>
      <form method="post" action="${actPath}/start-over" class="buttons">
        <input type="hidden" name="seed" value="${seed}" />
        <input type="hidden" name="historyCount" value="${historyCount}" />
        <button class="grave">Throw away and start over</button>
        <a class="button quiet" href="/control">Keep everything</a>
      </form>
    </section>`,
  })
}
