import { DEFAULT_OPTIMIZERS } from '../made/optimizer'
import { UNLIMITED } from '../made/schedule'
import type { RunConfig } from '../shared/run-config'
import type { GroupRequest } from '../shared/run-group'
import { LAST_SHARE, placesOfRungs, USUAL_KEEP, VISIT_SECONDS } from './budget'

/** What is known of the data and of the computer that good settings are to be found for. */
export interface SearchedFor {
  readonly columns: number
  /** Whether rows lack values, which only a fresh ordering at every update learns from. */
  readonly lacksValues: boolean
  /** Of a middling run (`middlingRun`); null where it is not known. */
  readonly secondsPerEpoch: number | null
}

/** Up to so many columns a table is small, and so are its models. */
const SMALL_COLUMNS = 250
/** How many runs may be tried: powers of what is kept, so that each rung is full. */
const COUNTS = [81, 27, 9] as const
/** Where the last run has so many epochs, its weights are averaged over more of them. */
const MANY_EPOCHS = 300
/** What an epoch is taken to last where it is not known. */
const USUAL_SECONDS = 0.5
/** With fewer epochs nothing can be told of a run. */
const LEAST_EPOCHS = 3
/** What is drawn from the space is the same for everybody. */
const SEED = 1

/** What is the same in all runs that are tried; what differs is put in its place. */
export function middlingRun({ data, engine }: Pick<RunConfig, 'data' | 'engine'>, like: RunConfig): RunConfig {
  return {
    ...like,
    data,
    engine,
    hidden: [300],
    activation: 'relu',
    directConnections: true,
    conditioningWeights: false,
    singleOrdering: 'natural',
    orderings: 1,
    masks: 1,
    initialisation: 'uniform',
    outputBiases: 'frequencies',
    optimizer: DEFAULT_OPTIMIZERS.adam,
    learningRateSchedule: 'constant',
    averagedEpochs: 3,
    l2: 0,
    batchSize: 100,
    // Time and look-ahead end them.
    epochs: 100_000,
    lookAhead: 30,
    seed: SEED,
    validationPairs: 16,
    testPairs: 300,
  }
}

/**
 * What to try in order to find good settings within so many minutes, for somebody who does not want to know what they are: a
 * space in which good models of most tables lie, drawn from at random and halved by validation NLL.
 */
export function goodSettings(middling: RunConfig, searched: SearchedFor, minutes: number): GroupRequest {
  const isSmall = searched.columns <= SMALL_COLUMNS
  const lastEpochs = (LAST_SHARE * minutes * 60) / (searched.secondsPerEpoch ?? Infinity)
  return {
    base: { ...middling, averagedEpochs: lastEpochs >= MANY_EPOCHS ? 10 : middling.averagedEpochs },
    vary: {
      'optimizer.learningRate': isSmall ? [1e-3, 3e-3, 1e-2] : [5e-4, 1e-3, 2e-3, 4e-3],
      hidden: isSmall ? [[50], [200], [500]] : [[300], [500], [300, 300], [500, 500]],
      orderings: searched.lacksValues ? [UNLIMITED] : [1, 4],
      activation: ['relu', 'softplus'],
      l2: [0, 1e-4, 1e-3],
      // Where the orderings are given, there is room for it.
      ...(searched.lacksValues ? { directConnections: [true, false] } : {}),
    },
    search: { kind: 'random', count: countFor(minutes, searched.secondsPerEpoch), seed: SEED },
    way: { kind: 'halving', minutes },
  }
}

/** As many runs as get enough epochs in the first rung to be told apart. */
function countFor(minutes: number, secondsPerEpoch: number | null): number {
  const least = Math.max(LEAST_EPOCHS * (secondsPerEpoch ?? USUAL_SECONDS), VISIT_SECONDS)
  const found = COUNTS.find((count) => {
    const rungs = placesOfRungs(count, USUAL_KEEP).length - 1
    return ((1 - LAST_SHARE) * minutes * 60) / rungs / count - VISIT_SECONDS >= least
  })
  return found ?? COUNTS[COUNTS.length - 1]
}
