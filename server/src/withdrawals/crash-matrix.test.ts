import { expect, test } from 'vitest'
import {
  type CrashCase,
  type CrashEnd,
  crashPoints,
  crashWorld,
  type Upstream,
  upstreams,
} from './crash-matrix.fixtures.ts'
import { wrongEntries } from './sending-world.fixtures.ts'

const names = Object.keys(upstreams).filter(isUpstream)

/** `pnpm crash-matrix` runs all of them; every run of the tests takes each point and each behaviour once. */
const isWhole = process.env['CRASH_MATRIX'] === 'whole'
const cases: readonly CrashCase[] = isWhole
  ? [false, true].flatMap((isRaced) =>
      crashPoints.flatMap((point) => names.map((upstream) => ({ point, upstream, isRaced }))),
    )
  : [
      ...names.map((upstream, index) => ({
        point: crashPoints[index % crashPoints.length] ?? 'none',
        upstream,
        isRaced: index % 3 === 0,
      })),
      { point: 'after_commit', upstream: 'accepts', isRaced: true },
      { point: 'during_call', upstream: 'accepts slowly', isRaced: false },
      { point: 'before_record', upstream: 'accepts', isRaced: false },
      { point: 'after_answer', upstream: 'accepts', isRaced: true },
    ]

test(
  'wherever a sending Desk dies and whatever SpacePay does, one request is never paid twice',
  async () => {
    await using crash = await crashWorld()
    const ends: (CrashCase & CrashEnd)[] = []
    for (const one of cases) ends.push({ ...one, ...(await crash.run(one)) })
    const wrong = await wrongEntries(crash.world)
    if (isWhole) process.stdout.write(tableOf(ends, wrong))
    expect(wrong).toEqual({ doubles: [], unapproved: [] })
    expect(ends.filter((end) => !isTold(end))).toEqual([])
    expect(ends.filter((end) => end.calls > 1 && !mayBeAskedAgain.has(end.upstream))).toEqual([])
    // Nothing is there that nobody asked for.
    const made = ends.reduce((sum, end) => sum + end.made, 0)
    expect((await crash.world.ledger()).length).toBe(made)
  },
  isWhole ? 30 * 60_000 : 180_000,
)

/** Only where SpacePay said for certain that it took nothing, and may take it later. */
const mayBeAskedAgain: ReadonlySet<Upstream> = new Set(['limits with 429', 'knows no key (401)'])

/** What was made is known as sent; what was not is failed, or honestly not known. */
function isTold({ made, state }: CrashEnd): boolean {
  return made === 1
    ? ['submitted', 'processing', 'completed'].includes(state)
    : ['failed', 'unknown'].includes(state)
}

function tableOf(
  ends: readonly (CrashCase & CrashEnd)[],
  { doubles, unapproved }: Awaited<ReturnType<typeof wrongEntries>>,
): string {
  const lines = names.map((upstream) => {
    const cells = crashPoints.map((point) => {
      const own = ends.filter((end) => end.upstream === upstream && end.point === point)
      return own.map(({ made, state }) => `${made} ${state}`).join(' / ')
    })
    return [upstream, ...cells].join(' | ')
  })
  return [
    ['', ...crashPoints].join(' | '),
    ...lines,
    `${ends.length} cases, ${doubles.length} doubles, ${unapproved.length} unapproved`,
    '',
  ].join('\n')
}

function isUpstream(name: string): name is Upstream {
  return Object.hasOwn(upstreams, name)
}
