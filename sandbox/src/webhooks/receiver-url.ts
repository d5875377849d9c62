import * as z from 'zod'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Where webhooks may go: HTTPS anywhere, plain HTTP on this machine only. */
export const receiverUrl = z
  .url('must be a URL')
  .max(2_048)
  .refine((text) => {
    // Asked even of what is no URL.
    const { protocol, hostname } = URL.parse(text) ?? { protocol: '', hostname: '' }
    return protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))
  }, 'must be https, or http on localhost')
