import { BitMatrix } from '../data/bit-matrix'
import { logSum } from '../made/likelihood'
import { PURPOSE, UniformSource } from '../made/random'
import { oneByWeight, type Group } from './groups'

/**
 * Rows from p(rest | evidence), in proportion to the weights of the particles: a group for each, and of that group a particle. Evenly
 * spaced over the weights, so that as many groups have a part in it as are worth one.
 * @returns `[count, D]`, or no rows where there is no particle of any weight
 */
export function chooseDraws(
  strata: readonly (readonly Group[])[],
  count: number,
  seed: number,
  columns: number,
): BitMatrix {
  const groups = strata.flat()
  const logs = Float64Array.from(
    strata.flatMap((ofOne) =>
      ofOne.map(({ logWeights }) => logSum(logWeights) - Math.log(logWeights.length * ofOne.length)),
    ),
  )
  const total = logSum(logs)
  if (groups.length === 0 || total === -Infinity) return new BitMatrix(0, columns)
  const uniforms = new UniformSource(seed, PURPOSE.questions)
  const offset = uniforms.at(0, 1)
  const chosen = new BitMatrix(count, columns)
  let [next, below] = [0, 0]
  groups.forEach((group, g) => {
    below += Math.exp(logs[g] - total) * count
    for (; next < count && (next + offset < below || g === groups.length - 1); next++) {
      const row = oneByWeight(group.logWeights, uniforms.at(next, 2))
      chosen.words.set(
        group.rows.words.subarray(row * chosen.wordsPerRow, (row + 1) * chosen.wordsPerRow),
        next * chosen.wordsPerRow,
      )
    }
  })
  return chosen
}
