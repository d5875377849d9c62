import type { Environment } from '@desk/shared/identity/session'
import { tip } from '../ui/tooltip.tsx'

/** Unmissable wherever the money is not real; live has no badge, so that a badge always means something. */
export function EnvironmentBadge({ environment }: { readonly environment: Environment }) {
  if (environment === 'live') return null
  return (
    <span
      {...tip(meaning[environment])}
      className="stripes flex-none rounded-sm border border-warn/30 px-2 text-xs leading-5 font-semibold tracking-wider text-warn uppercase"
    >
      {environment}
    </span>
  )
}

const meaning = {
  sandbox: 'A simulated SpacePay on this machine: no real money',
  testnet: 'Test networks: the tokens have no value',
} as const satisfies Record<Exclude<Environment, 'live'>, string>
