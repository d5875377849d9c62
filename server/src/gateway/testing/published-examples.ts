// The contract's published examples, word for word; only the seed's flat payment is pieced together
// from its published field names and sample values.

/** The answer to creating a payment, in the documented envelope. */
export const createdPayment = {
  payment: {
    id: '0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11',
    merchantId: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
    merchantShortName: 'Northwind Demo',
    merchantLogoUrl: null,
    type: 'payment',
    amountInCents: 14999,
    amountDueCents: 15074,
    convenienceFeeCents: null,
    merchantFeeCents: null,
    swapFeeCents: null,
    amountMerchantNetCents: 14849,
    currency: 'USD',
    status: 'pending',
    depositAddress: {
      id: '5f0f3f0a-9a3e-4f2b-8a55-6f9d0c3b7a01',
      paymentId: '0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11',
      type: 'EVM',
      address: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
      createdAt: '2026-04-01T12:15:00.000Z',
    },
    quotes: [
      {
        id: 'c1b6f4d2-4a44-4c0d-9a55-0d6f7b8e9a33',
        paymentId: '0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11',
        token: {
          id: '4f245c9b-b6d1-403b-b9d6-46887e701f78',
          coingeckoApiId: 'usd-coin',
          chain: {
            chainId: 84532,
            name: 'Base Sepolia',
            nativeSymbol: 'ETH',
            nativeDecimals: 18,
            isEnabled: true,
            isTestnet: true,
          },
          symbol: 'USDC',
          contractAddress: '0x00fc61d7de7655db3984db634e3489130ebeacf6',
          decimals: 6,
          type: 'stablecoin',
          assetType: 'erc20',
          status: 'active',
          tokenPriceUsd: 1,
        },
        chainId: 84532,
        depositAddress: {
          id: '5f0f3f0a-9a3e-4f2b-8a55-6f9d0c3b7a01',
          paymentId: '0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11',
          type: 'EVM',
          address: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
          createdAt: '2026-04-01T12:15:00.000Z',
        },
        expectedAmountAsset: '150740000',
        rateUsdAsset: '1.00000000',
        amountDueCents: 15074,
        expiresAt: '2026-04-01T12:25:00.000Z',
        status: 'active',
        createdAt: '2026-04-01T12:15:00.000Z',
      },
    ],
    receipt: null,
    orderId: 'ORDER-8827',
    redirectUrl: 'https://shop.example/thanks',
    createdAt: '2026-04-01T12:15:00.000Z',
  },
  paymentId: '0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11',
  paymentUrl:
    'http://localhost:4010/checkout?paymentId=0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11&secret=ps_sandbox_9f3c',
  secret: 'ps_sandbox_9f3c',
} as const

/** Both published receipts in one object. */
export const paymentReceipt = {
  paymentId: '0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11',
  settledAmountAsset: '150740000',
  settledAmountUsd: '150.74',
  txHash: '0x8f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0',
  txBlockNumber: 21500321,
  txTimestamp: '2026-04-01T12:17:42.000Z',
  txSenderAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
  txGasUsed: 51234,
  txTotalCost: '51234000000000',
  txTotalCostUsdFractions: 191720,
  txIsSponsored: false,
  processedBy: 'webhook',
  txRiskScore: 92,
  txRiskSeverity: 'LOW_RISK',
  txRiskProvider: 'sandbox',
  createdAt: '2026-04-01T12:17:45.000Z',
  transactionHash: '0x8f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0',
  blockNumber: 21500321,
  confirmations: 10,
  requiredConfirmations: 10,
  completedAt: '2026-04-01T12:17:45.000Z',
} as const

/** The answer to creating a withdrawal. */
export const withdrawal = {
  id: 'd3b0a3c1-7a54-4c0a-8a1e-1f2e3d4c5b6a',
  merchantId: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
  amountInCents: 5000,
  chainId: 84532,
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
  status: 'pending',
  currency: 'USD',
  orderId: 'PAYOUT-17',
  customMetadata: '{"note":"supplier"}',
  errorMessage: null,
  receipt: null,
  createdAt: '2026-04-01T12:30:00.000Z',
  updatedAt: '2026-04-01T12:30:00.000Z',
} as const

/** The answer to reading wallet balances. */
export const walletBalances = {
  balances: [
    {
      chainId: 84532,
      token: { id: '4f245c9b-b6d1-403b-b9d6-46887e701f78', symbol: 'USDC', decimals: 6 },
      amountRaw: '125500000',
      amountFormatted: '125.5',
    },
  ],
} as const

/** The minimal webhook body of a completed payment. */
export const paymentEvent = {
  type: 'payment.updated',
  data: {
    payment: {
      id: '11111111-2222-4333-8444-555555555555',
      type: 'payment',
      merchantId: '99999999-8888-4777-8666-555555555555',
      amountInCents: 14999,
      amountDueCents: 14999,
      currency: 'USD',
      status: 'completed',
      orderId: 'ORDER-8827',
      createdAt: '2026-01-01T00:00:00.000Z',
    },
  },
  timestamp: '2026-01-01T00:00:00.000Z',
} as const

/** The minimal webhook body of a completed withdrawal. */
export const withdrawalEvent = {
  type: 'withdrawal.updated',
  data: {
    withdrawal: {
      id: 'd3b0a3c1-7a54-4c0a-8a1e-1f2e3d4c5b6a',
      merchantId: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
      amountInCents: 5000,
      currency: 'USD',
      status: 'completed',
      orderId: 'PAYOUT-17',
      createdAt: '2026-04-01T12:30:00.000Z',
    },
  },
  timestamp: '2026-04-01T12:31:10.412Z',
} as const

/** An error readable by every kind of client. */
export const errorSuperset = {
  error: {
    type: 'invalid_request_error',
    code: 'invalid_amount',
    message: 'amount must be at least 250 cents',
    param: 'amount',
  },
  code: 'validation_error',
  message: 'amount must be at least 250 cents',
  statusCode: 422,
  requestId: 'req_7f2c1d',
} as const

/** The flat payment of the marketing page. */
export const seedPayment = {
  id: 'pay_3kJHd82nQplZ',
  payment_id: 'pay_3kJHd82nQplZ',
  checkout_url: 'https://pay.spacepay.co.uk/payment/pay_3kJHd82nQplZ',
  amount: 14999,
  currency: 'USD',
  status: 'pending',
  orderId: 'ORDER-8827',
  depositAddress: { type: 'evm', address: '0x1F9840a85d5aF5bf1D1762F925BDADdC4201F984' },
  quotes: [
    {
      token: 'USDC',
      chainId: 137,
      expectedAmount: '149.99',
      exchangeRate: '1.0',
      expiresAt: '2026-04-01T12:25:00Z',
    },
  ],
  createdAt: '2026-04-01T12:15:00Z',
} as const
