import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Session, SessionState } from '../engine/contract'
import { tensorOf, type Tensors } from '../made/spec'

/**
 * The average of a run's weights over its epochs, on whatever engine (docs/mathematics.md, Averaged weights): the mean of
 * those at the end of each, of the first `span` epochs; after that the newest counts 1/span, and the older the less.
 */
export class AveragedWeights {
  /** What the session has in place of while the averaged weights are on it. */
  private held: SessionState | null = null
  private average: Tensors | null = null

  /** @param span epochs; 1: the weights are taken as they are */
  constructor(private readonly span: number) {}

  /** The average over the epochs that are complete; null before there is one, or where none is taken. */
  get current(): Tensors | null {
    return this.average
  }

  /** Goes on from what a checkpoint holds. */
  begin(average: Tensors | null): void {
    this.average = average
  }

  /** The state that training goes on from, whatever weights are on the session just now. */
  readState(session: Session): Promise<SessionState> {
    return this.held ? Promise.resolve(this.held) : session.readState()
  }

  /**
   * Does what belongs to the end of an epoch (from 1) with the weights averaged up to it. That epoch counts once the work is
   * done: what is broken off in it is done anew.
   */
  async atEpochEnd<T>(session: Session, epoch: number, work: () => Promise<T>): Promise<T> {
    if (this.span === 1) return work()
    const latest = await session.readState()
    const average = await averagedWith(this.average, latest.parameters, Math.max(1 / epoch, 1 / this.span))
    this.held = latest
    try {
      const result = await withWeights(session, latest, average, work)
      this.average = average
      return result
    } finally {
      this.held = null
    }
  }
}

/** Does work with other weights on a session, which has its own again afterwards, whatever happens. */
export async function withWeights<T>(
  session: Session,
  latest: SessionState,
  parameters: Tensors,
  work: () => Promise<T>,
): Promise<T> {
  await session.writeState({ ...latest, parameters })
  try {
    return await work()
  } finally {
    await session.writeState(latest)
  }
}

/** average + share·(newest − average), in float32, a tensor at a time; the newest where there is no average yet. */
async function averagedWith(average: Tensors | null, newest: Tensors, share: number): Promise<Tensors> {
  const next: Tensors = new Map()
  for (const [name, weights] of newest) {
    await nextTurn()
    const before = average ? tensorOf(average, name) : weights
    next.set(
      name,
      weights.map((weight, i) => before[i] + share * (weight - before[i])),
    )
  }
  return next
}
