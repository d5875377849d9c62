import { dollars } from '../control-page/shown.ts'
import { dueCents } from '../payments/fees.ts'
import type { PaymentRecord } from '../payments/payment-record.ts'
import { type Html, html } from '../pages/html.ts'
import { chainOf } from '../registry/chains.ts'
import { type Token, tokensOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { checkoutForm } from './checkout-form.ts'

/**
 * First the coin, then the network: buttons, since what is pressed takes effect at once, with and
 * without a script. Folded away, for most payers keep what is offered.
 */
export function choicePart(world: World, payment: PaymentRecord, chosen: Token): Html {
  const tokens = tokensOf(world.settings.profile)
  const symbols = [...new Set(tokens.map(({ symbol }) => symbol))]
  const coins = symbols.map((symbol) => {
    const token = nearest(
      tokens.filter((one) => one.symbol === symbol),
      chosen,
    )
    return token && choiceButton(`coin-${symbol}`, { token, chosen, text: html`${symbol}` })
  })
  const networks = tokens.filter(({ symbol }) => symbol === chosen.symbol)
  return html`<details class="choice" id="choice">
    <summary id="choice-summary">
      <span class="muted">Pay with</span>
      <strong>${chosen.symbol} on ${chainOf(chosen).name}</strong>
      <span class="change">Change</span>
    </summary>
    ${checkoutForm(payment, {
      action: 'quote',
      fields: html`<fieldset>
          <legend>Coin</legend>
          <div class="coins">${coins.filter((coin) => coin !== null)}</div>
        </fieldset>
        ${networkGroup(payment, { name: 'Test networks', networks: networks.filter(isTest), chosen })}
        ${networkGroup(payment, {
          name: 'Main networks',
          networks: networks.filter((token) => !isTest(token)),
          chosen,
        })}`,
    })}
  </details>`
}

function networkGroup(
  payment: PaymentRecord,
  group: {
    readonly name: string
    readonly networks: readonly Token[]
    readonly chosen: Token
  },
): Html | null {
  if (group.networks.length === 0) return null
  const buttons = group.networks.map((token) => {
    const { chainId, name } = chainOf(token)
    // Fees differ by network; a deposit has none before there is an amount.
    const price =
      payment.type === 'deposit'
        ? null
        : html`<span class="muted">${dollars(dueCents(payment.amountCents, token))}</span>`
    const text = html`<span>${name}</span> ${price}`
    return choiceButton(`network-${chainId}`, { token, chosen: group.chosen, text })
  })
  return html`<fieldset>
    <legend>${group.name}</legend>
    <div class="networks">${buttons}</div>
  </fieldset>`
}

function choiceButton(
  id: string,
  { token, chosen, text }: { readonly token: Token; readonly chosen: Token; readonly text: Html },
): Html {
  const isChosen = id.startsWith('coin-')
    ? token.symbol === chosen.symbol
    : token.chainId === chosen.chainId
  return html`<button
    class="quiet"
    id="${id}"
    name="tokenId"
    value="${token.id}"
    aria-pressed="${isChosen ? 'true' : 'false'}"
  >
    ${text}
  </button>`
}

/** Where this coin is on the network chosen already, else on one of its kind. */
function nearest(tokens: readonly Token[], chosen: Token): Token | null {
  return (
    tokens.find(({ chainId }) => chainId === chosen.chainId) ??
    tokens.find((token) => isTest(token) === isTest(chosen)) ??
    tokens[0] ??
    null
  )
}

function isTest(token: Token): boolean {
  return chainOf(token).isTestnet
}
