import { networkName } from '@desk/shared/networks/networks'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { TokenAmount } from '../ui/amount.tsx'
import { useBlockExplorer } from '../ui/block-explorer.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { type Fact, Facts } from '../ui/section.tsx'

/** What is on chain, as SpacePay's receipt tells it. */
export function TransactionFacts({ payment }: { readonly payment: PaymentDetail }) {
  const { receipt } = payment
  const explorer = useBlockExplorer()
  if (receipt === null) {
    return <p className="text-sm text-muted">Nothing has been seen on chain.</p>
  }
  const { txHash, network, senderAddress, token, receivedBaseUnits } = receipt
  const facts: (Fact | null)[] = [
    txHash === null
      ? null
      : {
          name: 'Hash',
          value: (
            <Identifier
              value={txHash}
              label="Transaction hash"
              href={explorer.transactionUrl(network, txHash)}
            />
          ),
        },
    network === null ? null : { name: 'Network', value: networkName(network) },
    token?.decimals != null && receivedBaseUnits !== null
      ? {
          name: 'Received',
          value: (
            <TokenAmount
              amount={{ baseUnits: receivedBaseUnits, decimals: token.decimals }}
              symbol={token.symbol}
            />
          ),
        }
      : null,
    receipt.receivedUsd === null
      ? null
      : { name: 'Worth when paid', value: `$${receipt.receivedUsd}` },
    senderAddress === null
      ? null
      : {
          name: 'From',
          value: (
            <Identifier
              value={senderAddress}
              label="Sender address"
              href={explorer.addressUrl(network, senderAddress)}
            />
          ),
        },
    receipt.transactionAt === null
      ? null
      : { name: 'Seen', value: <Moment at={receipt.transactionAt} /> },
    receipt.confirmations === null || receipt.requiredConfirmations === null
      ? null
      : {
          name: 'Confirmations',
          value: `${receipt.confirmations} of ${receipt.requiredConfirmations}`,
        },
    receipt.blockNumber === null ? null : { name: 'Block', value: receipt.blockNumber },
    receipt.riskScore === null && receipt.riskSeverity === null
      ? null
      : { name: 'Risk', value: riskText(receipt) },
  ]
  return <Facts facts={facts} />
}

/** The score runs from 1 to 100, and higher is safer, which nobody expects. */
function riskText(risk: {
  readonly riskScore: number | null
  readonly riskSeverity: string | null
  readonly riskProvider: string | null
}): string {
  const severity = risk.riskSeverity?.toLowerCase().replaceAll('_', ' ')
  const score = risk.riskScore === null ? null : `${risk.riskScore} of 100, higher is safer`
  return [severity, score, risk.riskProvider].filter(Boolean).join(' · ')
}
