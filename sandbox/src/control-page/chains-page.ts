import type { ChainRecord } from '../chain/simulated-chain.ts'
import { chainPath } from '../explorer/explorer-paths.ts'
import { type Html, html } from '../pages/html.ts'
import { type Chain, chainsOf } from '../registry/chains.ts'
import { tokenOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { actButton, choiceField, hiddenFields, textField } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { listTable } from './list-table.ts'
import { actPath } from './section-forms.ts'
import { badge, count, duration } from './shown.ts'
import type { Refusal, Told } from './told.ts'

/** Every network, how it fares, and the troubles it may be given. */
export function chainsPage(world: World, told: Told): string {
  const chains = chainsOf(world.settings.profile)
  const open = openTransactions(world)
  return controlPage(world, {
    section: 'chains',
    told,
    body: html`<section>
        <div data-live="chains">
          ${listTable({
            label: 'Networks',
            nothing: 'There are no networks.',
            columns: [
              { name: 'Network' },
              { name: 'Id' },
              { name: 'Height', isNumber: true },
              { name: 'Final after', isNumber: true },
              { name: 'Unconfirmed', isNumber: true },
              { name: 'State' },
              { name: 'Stall or resume', isUnnamed: true },
              { name: 'Blocks to wait' },
            ],
            rows: chains.map((chain) => {
              const state = world.chains.state(chain.chainId)
              return [
                html`<a href="${chainPath(chain.chainId)}">${chain.name}</a>`,
                chainNames(world, chain),
                html`${count(world.chains.height(chain.chainId, world.clock.now()))}`,
                html`${chain.requiredConfirmations}`,
                html`${count(open.get(chain.chainId) ?? 0)}`,
                stateOf(world, state),
                stallButton(chain, state),
                congestionForm(chain, state, told.refusal),
              ]
            }),
          })}
        </div>
      </section>
      <div class="columns">
        ${reorganisationBox(chains, told.refusal)}
        <section>
          <h2>What the columns say</h2>
          <p>
            <strong>Final after</strong> so many confirmations, the block of the transaction
            included. <strong>Unconfirmed</strong> are payments and withdrawals on their way to it.
          </p>
          <p>
            A network that stands still makes no blocks: what is unconfirmed stays so until it is
            resumed. Where a new transaction has <strong>blocks to wait</strong>, it is mined that
            much later; 0 is as usual.
          </p>
        </section>
      </div>`,
  })
}

/** How many transactions wait for confirmations, by network. */
function openTransactions(world: World): Map<number, number> {
  const open = new Map<number, number>()
  const add = (chainId: number) => open.set(chainId, (open.get(chainId) ?? 0) + 1)
  for (const { status, transaction } of world.payments.all()) {
    if (status === 'processing' && transaction) add(tokenOf(transaction).chainId)
  }
  for (const { status, chainId } of world.withdrawals.all()) {
    if (status === 'processing') add(chainId)
  }
  return open
}

/** Its id, and where wallets reach its node when it has one. */
function chainNames(world: World, { caip2, chainId }: Chain): Html {
  const short = caip2.length > 20 ? `${caip2.slice(0, 20)}…` : caip2
  const node = world.carrier().url(chainId)
  return html`<code title="${caip2}">${short}</code>
    ${node === null ? null : html`<small class="muted">node at <code>${node}</code></small>`}`
}

function stateOf(world: World, { stalledAt, congestionBlocks }: ChainRecord): Html {
  if (stalledAt !== null) {
    return html`${badge('stands still', 'bad')}
      <small class="muted">for ${duration(Math.max(world.clock.now() - stalledAt, 1_000))}</small>`
  }
  return congestionBlocks > 0 ? badge('congested', 'warn') : badge('runs', 'good')
}

function stallButton(chain: Chain, { stalledAt }: ChainRecord): Html {
  const isStalled = stalledAt !== null
  return actButton({
    action: `${actPath}/chain`,
    text: isStalled ? 'Resume' : 'Stall',
    about: chain.name,
    fields: { chainId: chain.caip2, isStalled: String(!isStalled) },
  })
}

function congestionForm(chain: Chain, { congestionBlocks }: ChainRecord, refusal: Refusal | null) {
  const isMeant = refusal?.values['chainId'] === chain.caip2
  const isWrong = isMeant && refusal.param === 'congestionBlocks'
  return html`<form method="post" action="${actPath}/chain" class="inline">
    ${hiddenFields({ chainId: chain.caip2 })}
    <input
      name="congestionBlocks"
      inputmode="numeric"
      maxlength="5"
      autocomplete="off"
      aria-label="Blocks to wait on ${chain.name}"
      value="${isWrong ? (refusal.values['congestionBlocks'] ?? '') : String(congestionBlocks)}"
      ${isWrong ? html`aria-invalid="true"` : null}
    />
    <button class="quiet">Set<span class="unseen"> on ${chain.name}</span></button>
  </form>`
}

function reorganisationBox(chains: readonly Chain[], refusal: Refusal | null): Html {
  return html`<section>
    <h2>Reorganise a network</h2>
    <p class="muted">
      Replaces its newest blocks. Payments and withdrawals in them lose their confirmations; what is
      completed stays completed.
    </p>
    <form method="post" action="${actPath}/reorganisation" class="grid">
      ${choiceField({
        form: 'reorganisation',
        label: 'Network',
        name: 'chainId',
        value: chains[0]?.caip2 ?? '',
        refusal,
        choices: chains.map(({ caip2, name }) => [caip2, name] as const),
      })}
      ${textField({ form: 'reorganisation', label: 'Blocks', name: 'depth', value: '3', refusal, kind: 'whole', hint: 'From 1 to 100.' })}
      ${choiceField({
        form: 'reorganisation',
        label: 'Their transactions',
        name: 'fate',
        value: 'mined_again',
        refusal,
        choices: [
          ['mined_again', 'are mined again, a little later'],
          ['dropped', 'are dropped for good'],
        ],
      })}
      <div class="buttons"><button>Reorganise</button></div>
    </form>
  </section>`
}
