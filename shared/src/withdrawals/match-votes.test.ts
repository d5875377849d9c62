import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchVotes } from './match-votes.ts'

const anyRole = fc.constantFrom('a', 'b', 'c')
const anyCandidates = fc
  .array(fc.uniqueArray(anyRole), { maxLength: 6 })
  .map((list) => list.map((roles, index) => ({ id: `${index}`, roles })))

/** Tries every way to give the places to candidates. */
function mostPlaces(
  places: readonly string[],
  candidates: readonly { readonly id: string; readonly roles: readonly string[] }[],
): number {
  const [place, ...others] = places
  if (place === undefined) return 0
  const taken = candidates.flatMap((candidate) =>
    candidate.roles.includes(place)
      ? [
          1 +
            mostPlaces(
              others,
              candidates.filter(({ id }) => id !== candidate.id),
            ),
        ]
      : [],
  )
  return Math.max(mostPlaces(others, candidates), ...taken)
}

test('as many places are filled as trying everything can fill, by one candidate each', () => {
  fc.assert(
    fc.property(fc.array(anyRole, { maxLength: 5 }), anyCandidates, (places, candidates) => {
      const taken = matchVotes(places, candidates)
      expect(taken).toHaveLength(mostPlaces(places, candidates))
      expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length)
      for (const { id, role } of taken) {
        expect(candidates.find((one) => one.id === id)?.roles).toContain(role)
      }
      for (const role of ['a', 'b', 'c']) {
        const given = taken.filter((one) => one.role === role).length
        expect(given).toBeLessThanOrEqual(places.filter((one) => one === role).length)
      }
    }),
    { numRuns: 2_000 },
  )
})
