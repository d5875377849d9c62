/** Where SpacePay delivers, on the host of this Desk. */
export const webhookPath = '/webhooks/spacepay'
