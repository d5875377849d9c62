import { demoSecretKey, demoWebhookSecret, type Env } from './env.ts'

/** Which SpacePay this Desk works with: the environment's, else the sandbox that was started with it. */
export function spacepayOf(env: Env, sandboxUrl: string | null) {
  if (env.spacepay !== null) return env.spacepay
  if (sandboxUrl === null) throw new Error('Neither SpacePay nor the sandbox is there.')
  return { baseUrl: sandboxUrl, secretKey: demoSecretKey, webhookSecrets: [demoWebhookSecret] }
}
