/** What `/api/auth/*` answers: never cached; `code` is for the browser, `message` for the person. */
export function answer(
  status: number,
  body: { readonly message: string; readonly code?: string } | Record<string, unknown>,
  headers: Record<string, string> = {},
): Response {
  return withCookies(
    Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } }),
    [],
  )
}

/** Done, nothing to say. */
export function done(cookies: readonly string[]): Response {
  return withCookies(
    new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } }),
    cookies,
  )
}

export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

/** 429 in words that say how long. */
export function heldBack(waitSeconds: number): Response {
  const minutes = Math.ceil(waitSeconds / 60)
  const message = `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
  return answer(429, { message, code: 'held_back' }, { 'retry-after': String(waitSeconds) })
}
