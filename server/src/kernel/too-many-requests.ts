import { Refusal } from './refusal.ts'

/** Somebody asks faster than Desk lets anybody ask; answered with `retry-after`. */
export class TooManyRequests extends Refusal {
  readonly retryAfterSeconds: number

  constructor(who: string, retryAfterSeconds: number) {
    const seconds = retryAfterSeconds === 1 ? 'second' : 'seconds'
    super(
      'rate_limited',
      'too_many_requests',
      `Too many requests from ${who}. Wait ${retryAfterSeconds} ${seconds}, then go on.`,
    )
    this.retryAfterSeconds = retryAfterSeconds
  }
}
