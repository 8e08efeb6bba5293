import type { BitMatrix } from '../data/bit-matrix'
import type { Connectivity } from '../made/connectivity'
import type { Engine, SessionModel, TrainingSettings } from './contract'

/** Real work of a model, to time an engine with. */
export interface Workload {
  readonly model: SessionModel
  readonly training: TrainingSettings
  readonly rows: BitMatrix
  /** Minibatch and connectivity of update t. */
  update(t: number): { readonly minibatch: Uint32Array; readonly connectivity: Connectivity }
}

/** Updates in the longest list. */
const MOST_LIST = 256
/** No update is faster than this, whatever a coarse clock says. */
const SHORTEST_MS = 1e-4
/** A list that takes so long is as long as those of a run. */
const LIST_MS = 50

/**
 * Times an engine at a workload: a first update, which also pays for compiling and is not counted, then lists of more
 * and more updates.
 * @param milliseconds what all of it may take, as far as opening and two updates allow
 * @returns updates per second of the fastest list
 */
export async function measureUpdates(engine: Engine, work: Workload, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds
  const session = await engine.open(work.model, work.training)
  try {
    await session.setData(work.rows)
    let next = 0
    const train = async (count: number): Promise<number> => {
      const updates = Array.from({ length: count }, () => work.update(next++))
      const began = performance.now()
      await session.train(
        updates.map(({ minibatch }) => minibatch),
        updates.map(({ connectivity }) => connectivity),
      )
      return performance.now() - began
    }
    await train(1)
    let fastest = Infinity
    let count = 1
    do {
      const took = await train(count)
      fastest = Math.min(fastest, took / count)
      if (took < LIST_MS) count = Math.min(MOST_LIST, 2 * count)
    } while (performance.now() + count * fastest < end)
    // A clock that did not tick measured next to nothing.
    return 1000 / Math.max(fastest, SHORTEST_MS)
  } finally {
    await session.close()
  }
}
