/** Values by which their reader could pay or read a payment as its payer, however their name is spelt. */
const secretFields =
  /("(?:secret|payment_?secret|client_?secret|payment_?url|checkout_?url)"\s*:\s*")((?:[^"\\]|\\.)*)(?=")/gi
/** A link may carry the secret under any name of its own. */
const secretsInLinks = /([?&](?:secret|token|key)=)([^"&#\s\\]+)/gi

/**
 * The same number of bytes, but with asterisks in place of what would let their reader pay a payment or see
 * it as its payer. The very same buffer where there is nothing of that kind.
 */
export function coveredLinks(body: Buffer): Buffer {
  // One character a byte, whatever the bytes are.
  const text = body.toString('latin1')
  const covered = text.replace(secretFields, cover).replace(secretsInLinks, cover)
  return covered === text ? body : Buffer.from(covered, 'latin1')
}

function cover(_whole: string, name: string, value: string): string {
  return name + '*'.repeat(value.length)
}
