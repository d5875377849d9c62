import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isExportOpen } from '@desk/shared/exports/payment-export'
import type { Api } from '../app/api.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'

const LOOK_AGAIN_MS = 1_000

/** One export, looked at again every second while it goes on. */
export function exportOptions(api: Api, id: string) {
  return {
    ...api.exports.one.queryOptions({ id }),
    refetchInterval: ({
      state,
    }: {
      state: { data?: Parameters<typeof isExportOpen>[0] | undefined }
    }) => (state.data && !isExportOpen(state.data) ? false : LOOK_AGAIN_MS),
  } as const
}

/** The pages of the list; the first ones are looked at again while something in them goes on. */
export function exportsOptions(api: Api) {
  return api.exports.list.infiniteQueryOptions(
    {},
    {
      initialCursor: null,
      getNextPageParam: ({ exports, isLast }) => (isLast ? null : (exports.at(-1)?.id ?? null)),
      refetchInterval: ({ state }) =>
        state.data?.pages.some((page) => page.exports.some(isExportOpen)) ? LOOK_AGAIN_MS : false,
    },
  )
}

/** Asks the same question again, and how the answer differs. */
export function useRunAgain() {
  const { api } = signedInRoute.useRouteContext()
  const changed = useExportsChanged()
  return useMutation(api.exports.runAgain.mutationOptions({ onSuccess: () => changed() }))
}

export function useCancelExport() {
  const { api } = signedInRoute.useRouteContext()
  const changed = useExportsChanged()
  return useMutation(api.exports.cancel.mutationOptions({ onSettled: () => changed() }))
}

export function useExportsChanged(): () => Promise<void> {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries(api.exports.pathFilter())
}
