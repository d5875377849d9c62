import { NEVER_MS } from '../chain/simulated-chain.ts'
import { transactionFacts } from '../chain/transaction-facts.ts'
import { unitText } from '../payments/quote-amount.ts'
import { type Html, html } from '../pages/html.ts'
import { page } from '../pages/page.ts'
import { type Chain, chainOf, chainsOf } from '../registry/chains.ts'
import type { World } from '../world.ts'
import type { ChainTransaction } from './chain-transactions.ts'
import { addressPath, blockPath, chainPath, transactionPath } from './explorer-paths.ts'

/** Every network with how it fares. */
export function networksPage(world: World): string {
  const now = world.clock.now()
  const rows = chainsOf(world.settings.profile).map(
    (chain) =>
      html`<tr>
        <th scope="row"><a href="${chainPath(chain.chainId)}">${chain.name}</a></th>
        <td class="number">${world.chains.height(chain.chainId, now)}</td>
        <td>${stateText(world, chain)}</td>
      </tr>`,
  )
  return frame(
    'Block explorer',
    html`<section>
      <h1>Block explorer</h1>
      <p class="muted">
        What happens on the simulated networks. Only transfers of this sandbox take place on them.
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col" class="number">Newest block</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
    </section>`,
  )
}

/** One network: its newest block and transfers. */
export function networkPage(
  world: World,
  chain: Chain,
  transactions: readonly ChainTransaction[],
): string {
  const height = world.chains.height(chain.chainId, world.clock.now())
  return frame(
    chain.name,
    html`<section>
      ${trail(chain, null)}
      <h1>${chain.name}</h1>
      ${facts([
        ['Newest block', html`<a href="${blockPath(chain.chainId, height)}">${height}</a>`],
        ['State', stateText(world, chain)],
        ['Confirmations asked for', String(chain.requiredConfirmations)],
        ['Chain id', chain.caip2],
      ])}
      <h2>Newest transfers</h2>
      ${transferTable(world, transactions)}
    </section>`,
  )
}

/** One transaction with its confirmations as they stand. */
export function transactionPage(world: World, transaction: ChainTransaction): string {
  const { token, hash } = transaction
  const chain = chainOf(token)
  const { cost } = transactionFacts(hash, token, transaction.minedAt)
  const isInBlock = confirmationsOf(world, transaction) > 0
  return frame(
    `Transaction ${hash.slice(0, 10)}…`,
    html`<section>
      ${trail(chain, 'Transaction')}
      <h1>Transaction</h1>
      <p class="address">${hash}</p>
      <p class="status ${transaction.fate === 'sent' ? '' : 'failed'}" role="status">
        ${statusText(world, transaction)}
      </p>
      ${facts([
        [
          'Block',
          isInBlock
            ? html`<a href="${blockPath(chain.chainId, transaction.block)}"
                >${transaction.block}</a
              >`
            : 'Not in a block yet',
        ],
        ['Time', isInBlock ? timeText(transaction.minedAt) : '–'],
        ['From', addressLink(chain, transaction.from)],
        ['To', addressLink(chain, transaction.to)],
        ['Amount', amountText(transaction)],
        ['Token contract', token.assetType === 'native' ? 'Native coin' : token.contractAddress],
        [
          'Network fee',
          `${unitText(BigInt(cost.txTotalCost), chain.nativeDecimals)} ${chain.nativeSymbol}`,
        ],
      ])}
    </section>`,
  )
}

/** Everything that went to or from an address. */
export function addressPage(
  world: World,
  chain: Chain,
  seen: { readonly address: string; readonly transactions: readonly ChainTransaction[] },
): string {
  return frame(
    `Address ${seen.address.slice(0, 10)}…`,
    html`<section>
      ${trail(chain, 'Address')}
      <h1>Address</h1>
      <p class="address">${seen.address}</p>
      <h2>Transfers on ${chain.name}</h2>
      ${transferTable(world, seen.transactions)}
    </section>`,
  )
}

export function blockPage(
  world: World,
  chain: Chain,
  seen: { readonly block: number; readonly transactions: readonly ChainTransaction[] },
): string {
  const { block } = seen
  const isMade = block <= world.chains.height(chain.chainId, world.clock.now())
  return frame(
    `Block ${block}`,
    html`<section>
      ${trail(chain, 'Block')}
      <h1>Block ${block}</h1>
      ${
        isMade
          ? html`<p class="muted">
              Confirmations: ${world.chains.confirmations(chain.chainId, block, world.clock.now())}
              of ${chain.requiredConfirmations}
            </p>`
          : html`<p>The network has not made this block yet.</p>`
      }
      <p>
        <a href="${blockPath(chain.chainId, block - 1)}">Block before</a> ·
        <a href="${blockPath(chain.chainId, block + 1)}">Block after</a>
      </p>
      <h2>Transfers</h2>
      ${transferTable(world, isMade ? seen.transactions : [])}
    </section>`,
  )
}

export function nothingPage(chain: Chain, message: string): string {
  return frame(
    'Not found',
    html`<section>
      ${trail(chain, null)}
      <h1>Not found</h1>
      <p>${message}</p>
    </section>`,
  )
}

function frame(title: string, body: Html): string {
  return page({ title, body: html`<main class="wide">${body}</main>` })
}

function trail(chain: Chain, here: string | null): Html {
  return html`<p class="muted">
    <a href="/explorer">Networks</a> /
    <a href="${chainPath(chain.chainId)}">${chain.name}</a>${here === null ? '' : ` / ${here}`}
  </p>`
}

function facts(list: readonly (readonly [string, string | Html])[]): Html {
  return html`<dl>
    ${list.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

function transferTable(world: World, transactions: readonly ChainTransaction[]): Html {
  if (transactions.length === 0) return html`<p class="muted">None.</p>`
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Transaction</th>
          <th scope="col">Block</th>
          <th scope="col">To</th>
          <th scope="col" class="number">Amount</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        ${transactions.map((transaction) => transferRow(world, transaction))}
      </tbody>
    </table>
  </div>`
}

function transferRow(world: World, transaction: ChainTransaction): Html {
  const chain = chainOf(transaction.token)
  return html`<tr>
    <td>
      <a class="code" href="${transactionPath(chain.chainId, transaction.hash)}"
        >${shortened(transaction.hash)}</a
      >
    </td>
    <td>${confirmationsOf(world, transaction) > 0 ? transaction.block : 'waiting'}</td>
    <td>
      <a class="code" href="${addressPath(chain.chainId, transaction.to)}"
        >${shortened(transaction.to)}</a
      >
    </td>
    <td class="number">${amountText(transaction)}</td>
    <td>${statusText(world, transaction)}</td>
  </tr>`
}

function addressLink(chain: Chain, address: string): Html {
  return html`<a class="code" href="${addressPath(chain.chainId, address)}">${address}</a>`
}

function statusText(world: World, transaction: ChainTransaction): string {
  if (transaction.fate === 'dropped') return 'Dropped in a reorganisation'
  const confirmations = confirmationsOf(world, transaction)
  if (confirmations === 0) return 'Waiting for a block'
  if (transaction.fate === 'reverted') return 'Reverted: nothing was moved'
  const { requiredConfirmations } = chainOf(transaction.token)
  return confirmations < requiredConfirmations
    ? `${confirmations} of ${requiredConfirmations} confirmations`
    : 'Confirmed'
}

function confirmationsOf(world: World, transaction: ChainTransaction): number {
  if (transaction.fate === 'dropped') return 0
  return world.chains.confirmations(transaction.chainId, transaction.block, world.clock.now())
}

function stateText(world: World, chain: Chain): string {
  const { stalledAt, congestionBlocks } = world.chains.state(chain.chainId)
  if (stalledAt !== null) return `Makes no blocks since ${timeText(stalledAt)}`
  return congestionBlocks === 0
    ? 'Running'
    : `Congested: transfers wait ${congestionBlocks} more blocks`
}

function amountText({ amount, token }: ChainTransaction): string {
  return `${unitText(amount, token.decimals)} ${token.symbol}`
}

function timeText(at: number): string {
  return at >= NEVER_MS ? '–' : new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC')
}

function shortened(text: string): string {
  return text.length > 16 ? `${text.slice(0, 8)}…${text.slice(-6)}` : text
}
