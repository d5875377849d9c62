import { chainsOf } from '../registry/chains.ts'
import type { World } from '../world.ts'
import { countOf } from './shown.ts'

export interface DisturbanceNote {
  readonly text: string
  /** Where it can be ended. */
  readonly href: string
}

/** Everything that makes this sandbox behave otherwise than an undisturbed service. */
export function disturbances(world: World): DisturbanceNote[] {
  const notes: DisturbanceNote[] = []
  for (const { name, title, state } of world.scenarios.list()) {
    if (state === 'running')
      notes.push({ text: `“${title}” is played`, href: `/control/scenarios#${name}` })
  }
  const faults = world.faults.active().length
  if (faults > 0) notes.push({ text: `${countOf(faults, 'fault')} on`, href: '/control/faults' })
  const { depositsEnabled, withdrawalsEnabled } = world.switches.get()
  if (!depositsEnabled) notes.push({ text: 'deposits off', href: '/control#switches' })
  if (!withdrawalsEnabled) notes.push({ text: 'withdrawals off', href: '/control#switches' })
  for (const { chainId, name } of chainsOf(world.settings.profile)) {
    const { stalledAt, congestionBlocks } = world.chains.state(chainId)
    if (stalledAt !== null) notes.push({ text: `${name} stands still`, href: '/control/chains' })
    if (congestionBlocks > 0) notes.push({ text: `${name} is congested`, href: '/control/chains' })
  }
  for (const { name, status } of world.webhooks.store.endpoints()) {
    if (status === 'INACTIVE') {
      notes.push({ text: `endpoint ${name} disabled`, href: '/control/webhooks' })
    }
  }
  return notes
}
