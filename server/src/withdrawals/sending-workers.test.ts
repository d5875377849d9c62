import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type SendingWorld, sendingWorld, wrongEntries } from './sending-world.fixtures.ts'

/** `pnpm crash-matrix` takes the large one. */
const isWhole = process.env['CRASH_MATRIX'] === 'whole'
const [requests, kills] = isWhole ? [1_000, 30] : [40, 3]
const minutes = isWhole ? 30 : 2

test(
  `${requests} withdrawals leave through three Desks once each, however often one of them is killed`,
  async () => {
    await using world = await sendingWorld()
    const ids: string[] = []
    for (let count = 0; count < requests; count += 1) ids.push(await world.approved())
    for (const [on, kind] of [
      ['withdrawals.create', 'reset'],
      ['withdrawals.create', 'truncated'],
      ['withdrawals.list', 'reset'],
    ]) {
      await world.control('faults', { on, effect: { kind }, phase: 'after', percent: 5 })
    }
    const desks = Array.from({ length: 3 }, () => begin(world))
    try {
      await killNowAndThen(world, desks)
      await allHaveTheirEnd(world, minutes)
    } finally {
      await Promise.all(desks.map(kill))
    }
    expect(await wrongEntries(world)).toEqual({ doubles: [], unapproved: [] })
    const made = new Set((await world.ledger()).map(({ orderId }) => orderId))
    const ends = await Promise.all(ids.map((id) => world.stateOf(id)))
    const told = ends.filter(({ state, orderId }) => made.has(orderId) !== (state === 'unknown'))
    expect(told).toHaveLength(requests)
    if (isWhole) {
      process.stdout.write(
        `${requests} requests, 3 Desks, ${kills} kills: ${made.size} made, ${requests - made.size} unknown\n`,
      )
    }
  },
  minutes * 60_000,
)

function begin(world: SendingWorld): ChildProcess {
  return world.spawnDesk('crash-worker.fixtures.ts', {})
}

async function kill(desk: ChildProcess): Promise<void> {
  const ended = once(desk, 'exit')
  desk.kill('SIGKILL')
  await ended
}

/** Each time some have left since the last, so that it strikes in the middle of the work. Not all will leave. */
async function killNowAndThen(world: SendingWorld, desks: ChildProcess[]): Promise<void> {
  for (let count = 1; count <= kills; count += 1) {
    const due = (0.7 * requests * count) / kills
    while ((await world.ledger()).length < due) await sleep(50)
    const index = Math.floor(Math.random() * desks.length)
    const victim = desks[index]
    if (!victim) continue
    await kill(victim)
    desks[index] = begin(world)
  }
}

/** Sent, or looked for in vain after a Desk died before its call. */
async function allHaveTheirEnd({ database }: SendingWorld, minutesMax: number): Promise<void> {
  const until = Date.now() + minutesMax * 60_000
  for (;;) {
    const open = await database.owner
      .selectFrom('withdrawal_request as request')
      .leftJoin('withdrawal_attempt as attempt', 'attempt.request_id', 'request.id')
      .select('request.id')
      .where((eb) =>
        eb.or([
          eb('request.state', 'in', ['approved', 'sending']),
          eb.and([eb('request.state', '=', 'unknown'), eb('looked_up_at', 'is', null)]),
        ]),
      )
      .execute()
    if (open.length === 0) return
    if (Date.now() > until) throw new Error(`${open.length} have no end yet.`)
    await sleep(100)
  }
}
