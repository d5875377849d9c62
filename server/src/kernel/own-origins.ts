const loopbackHosts = ['localhost', '127.0.0.1', '[::1]']

/**
 * The origins a browser names when it shows Desk itself. On loopback that is every way to spell the
 * same machine, since people type any of them; elsewhere it is the public address and nothing else.
 */
export function ownOrigins(publicUrl: URL): ReadonlySet<string> {
  if (!loopbackHosts.includes(publicUrl.hostname)) return new Set([publicUrl.origin])
  const port = publicUrl.port === '' ? '' : `:${publicUrl.port}`
  return new Set(loopbackHosts.map((host) => `${publicUrl.protocol}//${host}${port}`))
}
