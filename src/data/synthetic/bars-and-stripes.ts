import type { Truth } from './truth'

/**
 * Pictures of `size`×`size` pixels whose rows are each all ink or all paper (stripes), or else its columns (bars): a coin
 * decides which, and another one each line. All ink and all paper come both ways, so they are twice as likely.
 */
export function barsAndStripes(size: number): Truth {
  const columns = size * size
  const either = size * Math.LN2
  const one = (size + 1) * Math.LN2
  /** 2^−size of all rows are all ink, and as many all paper. */
  const plainShare = 2 * 2 ** -size
  return {
    columns,
    picture: { width: size, height: size },
    entropy: plainShare * either + (1 - plainShare) * one,
    draw(stream) {
      const upright = stream.uniform() < 0.5
      const lines = Array.from({ length: size }, () => (stream.uniform() < 0.5 ? 1 : 0))
      return Uint8Array.from({ length: columns }, (_, i) => lines[upright ? i % size : Math.floor(i / size)])
    },
    logProbability(row) {
      const cells = Array.from({ length: columns }, (_, i) => i)
      const striped = cells.every((i) => row[i] === row[i - (i % size)])
      const barred = cells.every((i) => row[i] === row[i % size])
      if (striped && barred) return -either
      return striped || barred ? -one : -Infinity
    },
  }
}
