const SECOND = 1000
const MINUTE = 60 * SECOND

/** How long somebody who tried too often is held back still; rounded up, so that it never promises too much. */
export function waitText(leftMs: number): string {
  if (leftMs <= 0) return 'You can try again now.'
  const [count, unit] =
    leftMs < 90 * SECOND
      ? [Math.ceil(leftMs / SECOND), 'second']
      : [Math.ceil(leftMs / MINUTE), 'minute']
  return `Too many attempts. Try again in ${count} ${unit}${count === 1 ? '' : 's'}.`
}
