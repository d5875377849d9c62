import * as z from 'zod/mini'

export type SignInOutcome =
  | { readonly outcome: 'signed_in' }
  | { readonly outcome: 'wrong' }
  /** Too many attempts; `waitSeconds` is null when Desk did not say how long. */
  | { readonly outcome: 'held_back'; readonly waitSeconds: number | null }
  | { readonly outcome: 'unreachable' }
  /** Anything else Desk answered, in its own words. */
  | { readonly outcome: 'refused'; readonly message: string }

/** Never rejects for the network or for what Desk answers; both are outcomes. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  const answer = await post('/api/auth/sign-in/email', { email, password })
  if (!answer || answer.status === 502 || answer.status === 504) return { outcome: 'unreachable' }
  if (answer.ok) return { outcome: 'signed_in' }
  if (answer.status === 401) return { outcome: 'wrong' }
  if (answer.status === 429) {
    return { outcome: 'held_back', waitSeconds: secondsOf(answer.headers.get('retry-after')) }
  }
  return { outcome: 'refused', message: messageIn(await answer.text()) }
}

/** Whether Desk ended the session. */
export async function signOut(): Promise<boolean> {
  const answer = await post('/api/auth/sign-out', {})
  return answer?.ok ?? false
}

/** Null when no answer came. */
async function post(path: string, body: Record<string, string>): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch (error) {
    // fetch reports every kind of lost connection as a TypeError, and nothing else here can throw one.
    if (error instanceof TypeError) return null
    throw error
  }
}

function secondsOf(header: string | null): number | null {
  const seconds = Number(header ?? '')
  return header && Number.isFinite(seconds) ? Math.ceil(seconds) : null
}

const spoken = z.object({ message: z.string().check(z.minLength(1), z.maxLength(300)) })

function messageIn(body: string): string {
  const parsed = z.safeParse(spoken, parseJson(body))
  return parsed.success ? parsed.data.message : 'Desk could not check the sign-in.'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
