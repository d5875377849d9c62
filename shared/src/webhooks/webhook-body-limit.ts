/** A webhook's body of more bytes is never read: SpacePay's own have a few thousand. */
export const WEBHOOK_BODY_BYTES_MAX = 1_048_576

/** The same, for people. */
export const webhookBodyMaxText = `${WEBHOOK_BODY_BYTES_MAX / 1_048_576} MB (${WEBHOOK_BODY_BYTES_MAX.toLocaleString('en')} bytes)`
