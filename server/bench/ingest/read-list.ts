import autocannon from 'autocannon'
import { deskHeaders, deskPath, listCall } from '../reads/asked.ts'
import type { Ready } from '../reads/server-process.ts'

/** Somebody reads the newest page of the list ten times a second; resolves to the milliseconds of each. */
export async function readList(server: Ready, seconds: number): Promise<readonly number[]> {
  const times: number[] = []
  const ended = Promise.withResolvers<autocannon.Result>()
  const options: autocannon.Options = {
    url: server.url,
    connections: 2,
    duration: seconds,
    overallRate: 10,
    headers: { ...deskHeaders, cookie: server.cookie },
    requests: [{ path: deskPath(listCall({})) }],
    setupClient: (client) => {
      client.on('response', (_status, _bytes, milliseconds) => times.push(milliseconds))
    },
  }
  autocannon(options, (error, result) => (error ? ended.reject(error) : ended.resolve(result)))
  const { non2xx, errors } = await ended.promise
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} reads of the list failed`)
  return times
}
