import { openService } from './service.ts'
import { paymentsPath, type TrialOptions } from './trial.ts'
import { Failed } from './verdict.ts'

/** Why running the checks would tell nothing, and the way out; null when they can be run. */
export async function troubleWith(options: TrialOptions): Promise<string | null> {
  const { baseUrl, secretKey } = options
  try {
    const { status } = await openService(baseUrl, secretKey).get(`${paymentsPath}?limit=1`)
    if (status !== 401) return null
    return `${baseUrl} does not accept this secret key. Give the key of a merchant there with --key.`
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    return `Nothing can be reached at ${baseUrl}: ${error.got}. Start it, or correct --base-url.`
  }
}
