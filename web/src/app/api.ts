import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import {
  createTRPCClient,
  httpBatchStreamLink,
  httpSubscriptionLink,
  splitLink,
} from '@trpc/client'
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { inferRouterInputs } from '@trpc/server'
import type { AppRouter } from '@desk/server/app-router'
import { stepUpLink } from '../identity/step-up-link.ts'
import { readFault } from './fault.ts'

/** Query, mutation and subscription options for every procedure of Desk. */
export type Api = TRPCOptionsProxy<AppRouter>

type Inputs = inferRouterInputs<AppRouter>

/** The name of every procedure, such as `team.invite`. */
export type Procedure = {
  [Room in keyof Inputs]: `${Room}.${Extract<keyof Inputs[Room], string>}`
}[keyof Inputs]

const ENDPOINT = '/trpc'
const READ_RETRIES = 2
/** Desk answers up to twenty calls a request; a burst of changed rows asks for more. */
const BATCH_MAX = 10
/** Proxies in front may refuse longer addresses. */
const URL_MAX = 6_000
/** The live stream says when something changed; this is for what it may have missed. */
const FRESH_MS = 30_000

/** Queries answer from here; a read or write that finds the session ended calls `onSessionEnded` with Desk's reason. */
export function createQueryClient(onSessionEnded: (why: string) => void): QueryClient {
  const onError = (error: Error, meta?: Record<string, unknown>) => {
    const { kind, message } = readFault(error)
    if (kind === 'signed_out' && !meta?.['signedOutIsAnAnswer']) onSessionEnded(message)
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => onError(error, query.meta) }),
    mutationCache: new MutationCache({ onError: (error) => onError(error) }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // A Desk on the same machine or network answers although the browser thinks it is offline.
        networkMode: 'always',
        retry: (failures, error) => failures < READ_RETRIES && readFault(error).mayPass,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

export function createApi(queryClient: QueryClient): Api {
  const client = createTRPCClient<AppRouter>({
    links: [
      stepUpLink(),
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: ENDPOINT }),
        false: splitLink({
          condition: (operation) => operation.context['asPost'] === true,
          // What is asked has no room in an address.
          true: httpBatchStreamLink({ url: ENDPOINT, maxItems: 1, methodOverride: 'POST' }),
          // Answers of one request arrive as they are ready: a count never holds up the list.
          false: httpBatchStreamLink({ url: ENDPOINT, maxItems: BATCH_MAX, maxURLLength: URL_MAX }),
        }),
      }),
    ],
  })
  return createTRPCOptionsProxy<AppRouter>({ client, queryClient })
}
