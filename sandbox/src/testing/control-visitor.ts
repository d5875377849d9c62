import type { RunningSandbox } from '../start-sandbox.ts'

export interface Visit {
  readonly status: number
  /** Where the answer came from after redirects, path and query. */
  readonly path: string
  /** The page as text, its tags left out and its spaces made one. */
  readonly text: string
  readonly markup: string
  readonly headers: Headers
}

/** Somebody with a browser and no script on the control pages. */
export function visitorOf(sandbox: Pick<RunningSandbox, 'url'>) {
  const ask = async (path: string, init: RequestInit = {}): Promise<Visit> => {
    const answer = await fetch(sandbox.url + path, init)
    const markup = await answer.text()
    const { pathname, search } = new URL(answer.url)
    return {
      status: answer.status,
      path: pathname + search,
      text: textOf(markup),
      markup,
      headers: answer.headers,
    }
  }
  return {
    open: (path: string) => ask(path),
    /** Sends a form that stands on `from`, and follows to where it leads. */
    submit: (action: string, fields: Readonly<Record<string, string>>, from = '/control') =>
      ask(`/control/do/${action}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { referer: sandbox.url + from, 'sec-fetch-site': 'same-origin' },
      }),
  }
}

function textOf(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
}
