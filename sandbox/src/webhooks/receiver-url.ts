import * as z from 'zod'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Where webhooks may go: HTTPS anywhere, plain HTTP on this machine only. */
export const receiverUrl = z
  .url('must be a URL')
  .max(2_048)
  .refine((text) => {
    const url = new URL(text)
    return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))
  }, 'must be https, or http on localhost')
