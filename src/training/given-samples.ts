import type { BitMatrix } from '../data/bit-matrix'
import type { GivenValues } from '../data/preparation/given-values'
import type { Drawn } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import type { ModelSpec } from '../made/spec'
import { placesOfColumns, variablesOf } from '../made/variables'
import { completeRows, type CompletingSession } from '../questions/completion'

/** Rows of which some values are given. */
export interface GivenSamples {
  /**
   * Whether what is given comes first in the ordering: the rest is then drawn from p(rest | given). Otherwise each row is taken
   * among many particles (`completeRows`), which comes near that.
   */
  readonly isExact: boolean
  /** Draws `count` of the samples from number `first` on. */
  readonly draw: (first: number, count: number) => Promise<Drawn>
}

/**
 * Samples of a model that have the given values.
 */
export function givenSamples(
  session: CompletingSession,
  spec: ModelSpec,
  { bits, known }: Pick<GivenValues, 'bits' | 'known'>,
  { connectivity, seed }: { readonly connectivity: Connectivity; readonly seed: number },
): GivenSamples {
  const isExact = comesFirst(spec, connectivity, known) && haveOneValue(spec, bits, known)
  return {
    isExact,
    draw: (first, some) => {
      const [rows, mask] = [repeated(bits, some), repeated(known, some)]
      return isExact
        ? session.complete(rows, mask, { count: some, first, seed, connectivity })
        : completeRows(session, { spec, connectivities: [connectivity] }, { bits: rows, known: mask }, { seed, first })
    },
  }
}

/** Whether the known columns of a row, `[1, D]`, are all those of the first places of an ordering. */
function comesFirst(spec: ModelSpec, { ordering }: Connectivity, known: BitMatrix): boolean {
  const places = placesOfColumns(variablesOf(spec), ordering)
  const ofKnown = new Set(Array.from(known.onesOf(0), (column) => places[column]))
  return [...ofKnown].every((place) => place <= ofKnown.size)
}

/** Whether of each categorical variable that is given one value is. */
function haveOneValue(spec: ModelSpec, bits: BitMatrix, known: BitMatrix): boolean {
  const { kinds, first } = variablesOf(spec)
  return kinds.every((kind, v) => {
    if (kind === 'binary' || known.get(0, first[v]) === 0) return true
    let ones = 0
    for (let d = first[v]; d < first[v + 1]; d++) ones += bits.get(0, d)
    return ones === 1
  })
}

function repeated(row: BitMatrix, count: number): BitMatrix {
  return row.select(new Uint32Array(count))
}
