/** Crockford's alphabet: no letter that is taken for a digit, nor for another letter. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const ORDER_ID_RANDOM_BYTES = 12

/**
 * `WD-20261123-7F3K9Q2M0ACD`: the business day for people, and 60 random bits so that no two are ever the
 * same, here or upstream, where it is what an unclear sending is found by.
 */
export function newOrderId(day: string, random: Uint8Array): string {
  if (random.length !== ORDER_ID_RANDOM_BYTES) throw new RangeError('An order id takes 12 bytes.')
  const letters = Array.from(random, (byte) => alphabet.charAt(byte & 31))
  return `WD-${day.replaceAll('-', '')}-${letters.join('')}`
}
