import { isOpenWithdrawal, withdrawalOutcomes } from '../control/simulate.ts'
import { addressPath, transactionPath } from '../explorer/explorer-paths.ts'
import { type Html, html } from '../pages/html.ts'
import { chainOf, chainsOf, isEvm } from '../registry/chains.ts'
import { mainMerchant, merchantOf, otherMerchant } from '../registry/merchant.ts'
import { withdrawalTokenOf } from '../registry/tokens.ts'
import { availableCents } from '../withdrawals/wallet-balance.ts'
import { type WithdrawalRecord, withdrawalStatuses } from '../withdrawals/withdrawal-record.ts'
import type { World } from '../world.ts'
import { hiddenFields } from './form-fields.ts'
import { controlPage } from './frame.ts'
import { listTable } from './list-table.ts'
import { newestPage, pager } from './pager.ts'
import { queryOf, type RecordSearch, searchBar } from './payments-page.ts'
import { actPath } from './section-forms.ts'
import { badge, dollars, foreignText, instant, shortId, statusBadge } from './shown.ts'
import type { Told } from './told.ts'

/** The newest withdrawals of both merchants with what can end them, and what is left to withdraw. */
export function withdrawalsPage(world: World, search: RecordSearch, told: Told): string {
  const found = world.withdrawals.all().filter((withdrawal) => isWanted(withdrawal, search))
  const page = newestPage(found, search.offset)
  return controlPage(world, {
    section: 'withdrawals',
    told,
    body: html`<section>
        ${searchBar(search, { path: '/control/withdrawals', statuses: withdrawalStatuses })}
        <div data-live="withdrawals">
          ${listTable({
            label: 'Withdrawals, newest first',
            nothing: 'No withdrawal matches.',
            columns: [
              { name: 'Created (UTC)' },
              { name: 'Order' },
              { name: 'Amount', isNumber: true },
              { name: 'Status' },
              { name: 'Network' },
              { name: 'To' },
              { name: 'Withdrawal' },
              { name: 'End it', isUnnamed: true },
            ],
            rows: page.rows.map((withdrawal) => [
              instant(withdrawal.createdAt),
              html`${foreignText(withdrawal.orderId)}
              ${withdrawal.merchantId === mainMerchant.id ? null : badge(merchantOf(withdrawal).shortName, 'spent')}`,
              html`${dollars(withdrawal.amountCents)}`,
              html`${statusBadge(withdrawal.status)}
              ${withdrawal.errorMessage === null ? null : html`<small class="muted">${withdrawal.errorMessage}</small>`}`,
              html`${chainOf(withdrawal).name}`,
              shortId(
                withdrawal.recipientAddress,
                addressPath(withdrawal.chainId, withdrawal.recipientAddress),
              ),
              html`${shortId(withdrawal.id)} ${transactionLink(withdrawal)}`,
              endButtons(withdrawal),
            ]),
          })}
        </div>
        ${pager('/control/withdrawals', queryOf(search), page)}
      </section>
      ${balances(world)}`,
  })
}

function isWanted(withdrawal: WithdrawalRecord, { q, status }: RecordSearch): boolean {
  if (status !== '' && withdrawal.status !== status) return false
  const words = q.trim().toLowerCase()
  const { id, orderId, recipientAddress, transaction } = withdrawal
  return [id, orderId ?? '', recipientAddress, transaction?.hash ?? ''].some((text) =>
    text.toLowerCase().includes(words),
  )
}

function transactionLink({ chainId, transaction }: WithdrawalRecord): Html | null {
  return transaction && html`<a href="${transactionPath(chainId, transaction.hash)}">Explorer</a>`
}

const outcomeNames = { complete: 'Complete', fail: 'Fail', cancel: 'Cancel' } as const

function endButtons(withdrawal: WithdrawalRecord): Html {
  if (!isOpenWithdrawal(withdrawal)) return html``
  return html`<form
    method="post"
    action="${actPath}/withdrawal"
    class="buttons"
    aria-label="End withdrawal ${withdrawal.orderId ?? withdrawal.id}"
  >
    ${hiddenFields({ id: withdrawal.id })}
    ${withdrawalOutcomes.map(
      (outcome) =>
        html`<button class="quiet" name="outcome" value="${outcome}">
          ${outcomeNames[outcome]}
        </button>`,
    )}
  </form>`
}

function balances(world: World): Html {
  const merchants = [mainMerchant, otherMerchant]
  return html`<section data-live="balances">
    <h2>Balances</h2>
    ${listTable({
      label: 'What each merchant can still withdraw',
      nothing: 'There are no networks.',
      columns: [
        { name: 'Network' },
        { name: 'Paid out in' },
        ...merchants.map(({ shortName }) => ({ name: shortName, isNumber: true })),
      ],
      rows: chainsOf(world.settings.profile)
        .filter(isEvm)
        .map((chain) => [
          html`${chain.name}`,
          html`${withdrawalTokenOf(chain.chainId).symbol}`,
          ...merchants.map(
            ({ id }) =>
              html`${dollars(availableCents(world, { merchantId: id, chainId: chain.chainId }))}`,
          ),
        ]),
    })}
  </section>`
}
