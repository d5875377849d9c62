import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestCommands } from './request-commands.fixtures.ts'
import { modelWorld } from './request-model-world.fixtures.ts'
import { sendingCommands } from './sending-commands.fixtures.ts'
import { teamCommands } from './team-commands.fixtures.ts'
import { voteCommands } from './vote-commands.fixtures.ts'

/** `MODEL_RUNS=500` walks further. */
const numRuns = Number(process.env['MODEL_RUNS'] ?? 15)

test(
  'whatever people, Desks, SpacePay and the clock do in whatever order, what leaves was approved and leaves once',
  async () => {
    const commands = fc.commands(
      [...requestCommands, ...voteCommands, ...teamCommands, ...sendingCommands],
      { maxCommands: 80, size: 'max' },
    )
    const walked = await fc.check(
      fc.asyncProperty(commands, async (steps) => {
        await using world = await modelWorld()
        await fc.asyncModelRun(() => ({ model: world.model, real: world }), steps)
      }),
      // Long walks: what is at the end of short ones other tests tell.
      { numRuns, unbiased: true },
    )
    // With the steps to the fault, as few as there can be, and the seed that finds them again.
    expect(await fc.asyncDefaultReportMessage(walked)).toBeUndefined()
  },
  Math.max(300_000, numRuns * 20_000),
)
