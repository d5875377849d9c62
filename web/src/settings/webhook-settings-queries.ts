import { useQueryClient } from '@tanstack/react-query'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** Reads again what a change to the webhook settings may have changed: they themselves and what is written down. */
export function useWebhookSettingsChanged(): () => void {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries(api.webhookSettings.pathFilter())
    void queryClient.invalidateQueries(api.webhooks.secretNames.pathFilter())
    void queryClient.invalidateQueries(api.audit.pathFilter())
  }
}
