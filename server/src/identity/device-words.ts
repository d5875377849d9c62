import Bowser from 'bowser'

/** A browser as its owner would name it, such as "Chrome on macOS", from the User-Agent header. */
export function deviceWords(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device'
  const { browser, os } = Bowser.parse(userAgent)
  if (!browser.name) return os.name ? `A program on ${os.name}` : 'Unknown device'
  return os.name ? `${browser.name} on ${os.name}` : browser.name
}
