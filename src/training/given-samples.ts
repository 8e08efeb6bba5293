import type { BitMatrix } from '../data/bit-matrix'
import type { GivenValues } from '../data/preparation/given-values'
import type { Drawn, Session } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import type { ModelSpec } from '../made/spec'
import { placesOfColumns, variablesOf } from '../made/variables'
import { complete } from './filling'

/** Rows of which some values are given. */
export interface GivenSamples {
  /**
   * Whether what is given comes first in the ordering: the rest is then drawn from p(rest | given). Otherwise each row is chosen
   * among many completions (`complete`), which approximates that.
   */
  readonly isExact: boolean
  /** Draws `count` of the samples from number `first` on. */
  readonly draw: (first: number, count: number) => Promise<Drawn>
}

/**
 * Samples of a model that have the given values.
 * @param count of all samples: they are numbered from 0
 */
export function givenSamples(
  session: Pick<Session, 'complete'>,
  spec: ModelSpec,
  { bits, known }: Pick<GivenValues, 'bits' | 'known'>,
  { connectivity, seed, count }: { readonly connectivity: Connectivity; readonly seed: number; readonly count: number },
): GivenSamples {
  const isExact = comesFirst(spec, connectivity, known)
  return {
    isExact,
    draw: (first, some) => {
      const [rows, mask] = [repeated(bits, some), repeated(known, some)]
      return isExact
        ? session.complete(rows, mask, { count: some, first, seed, connectivity })
        : complete(session, { spec, connectivities: [connectivity] }, { bits: rows, known: mask }, seed, {
            numbers: { first, all: count },
          })
    },
  }
}

/** Whether the known columns of a row, `[1, D]`, are all those of the first places of an ordering. */
function comesFirst(spec: ModelSpec, { ordering }: Connectivity, known: BitMatrix): boolean {
  const places = placesOfColumns(variablesOf(spec), ordering)
  const ofKnown = new Set(Array.from(known.onesOf(0), (column) => places[column]))
  return [...ofKnown].every((place) => place <= ofKnown.size)
}

function repeated(row: BitMatrix, count: number): BitMatrix {
  return row.select(new Uint32Array(count))
}
