import { freeName } from '../../src/shared/free-name'
import { describe, expect, it } from 'vitest'
import {
  epochWords,
  filledWords,
  leftBehind,
  progressWords,
  reasonWords,
  settingsWords,
  stateWords,
} from '../../src/renderer/logic/run-words'
import { logLikelihoodSoFar, stepOfInput } from '../../src/renderer/logic/birth'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'
import { isUnderWay, type RunProgress, type RunState } from '../../src/shared/run'
import { verbatim } from '../../src/words/say'

const progress: RunProgress = {
  epoch: 3,
  epochs: 8,
  minibatch: 1,
  minibatches: 500,
  update: 1001,
  examplesPerSecond: 5000,
  secondsLeft: 263,
  phase: 'training',
  phaseShare: 0,
  lastLoss: 92.9,
  best: null,
}
const training: RunState = { kind: 'training', runId: 'a', name: 'Quick look', progress }

describe('a run in words', () => {
  it('says what is going on', () => {
    expect(stateWords({ kind: 'idle' })).toBe('No run under way')
    expect(stateWords(training)).toBe('Training “Quick look”')
    expect(stateWords({ ...training, progress: { ...progress, phase: 'validating' } })).toBe('Validating “Quick look”')
    expect(progressWords(training)).toBe('epoch 3 of 8 · 4 min 20 s left')
    expect(progressWords({ ...training, kind: 'paused', reason: null, isStopping: false })).toBe('epoch 3 of 8')
  })

  it('says that it diverged', () => {
    const failure = {
      code: 'diverged',
      message: verbatim('The loss became infinite at epoch 3.'),
      hint: verbatim(''),
    } as const
    const diverged: RunState = { ...training, kind: 'diverged', failure }
    expect(stateWords(diverged)).toBe('“Quick look” diverged')
    expect(progressWords(diverged)).toBe('epoch 3 of 8')
    expect(isUnderWay(diverged)).toBe(false)
  })

  it('knows when another run must wait', () => {
    expect(isUnderWay(training)).toBe(true)
    expect(isUnderWay({ ...training, kind: 'paused', reason: null, isStopping: false })).toBe(true)
    expect(isUnderWay({ kind: 'idle' })).toBe(false)
  })

  it('tells settings in one line', () => {
    expect(settingsWords(DEFAULT_RUN_CONFIG)).toBe('1 layer of 500 · natural order · Adam, step size 0.001')
    expect(
      settingsWords({
        ...DEFAULT_RUN_CONFIG,
        hidden: [1000, 1000],
        orderings: -1,
        masks: 32,
        directConnections: true,
        optimizer: { kind: 'adadelta', rho: 0.95, epsilon: 1e-6 },
      }),
    ).toBe('2 layers of 1,000 · fresh orderings · 32 masks · direct connections · AdaDelta, ε 0.000001')
    expect(
      settingsWords({
        ...DEFAULT_RUN_CONFIG,
        hidden: [300, 200, 100],
        orderings: 8,
        masks: -1,
        singleOrdering: 'random',
      }),
    ).toBe('layers of 300, 200 and 100 · 8 orderings · fresh masks · Adam, step size 0.001')
    expect(settingsWords({ ...DEFAULT_RUN_CONFIG, singleOrdering: 'random' })).toContain('one random order')
    expect(settingsWords({ ...DEFAULT_RUN_CONFIG, averagedEpochs: 3 })).toContain('weights averaged over 3 epochs')
    expect(settingsWords({ ...DEFAULT_RUN_CONFIG, learningRateSchedule: 'cosine' })).toBe(
      '1 layer of 500 · natural order · Adam, step size 0.001, cosine schedule',
    )
  })

  it('tells how far a run is and why it ended, one or many', () => {
    const config = { ...DEFAULT_RUN_CONFIG, epochs: 2000 }
    expect(epochWords({ epoch: 1, status: 'paused', config })).toBe('1 of 2,000 epochs')
    expect(epochWords({ epoch: 1, status: 'finished', config })).toBe('1 epoch')
    const result = { best: { epoch: 1, validNll: 90 }, epochs: 1, reason: 'epochs', test: null } as const
    expect(reasonWords(result)).toBe('The one epoch is done. The best model, of epoch 1, is kept.')
    expect(reasonWords({ ...result, epochs: 30 })).toMatch(/^All 30 epochs are done\./)
    expect(reasonWords({ ...result, reason: 'stopped' })).toMatch(/^You stopped it after 1 epoch\./)
  })

  it('tells why runs stay behind', () => {
    const failure = { code: 'busy', message: verbatim('It trains.'), hint: verbatim('Stop it.') } as const
    expect(leftBehind(1, failure).message).toBe('1 run stays where it is. It trains.')
    expect(leftBehind(2, failure).message).toBe('2 runs stay where they are. It trains.')
  })

  it('finds a name that is free', () => {
    expect(freeName('Quick look', [])).toBe('Quick look')
    expect(freeName('Quick look', ['quick look', 'Quick look 2'])).toBe('Quick look 3')
  })
})

describe('the birth of a sample', () => {
  // The variable of inputs 1 and 2 comes first, then that of input 0.
  const birth = {
    order: Int32Array.of(1, 2, 0),
    begins: Int32Array.of(0, 2, 3),
    logProbabilities: Float64Array.of(Math.log(0.125), Math.log(0.5)),
  }

  it('adds up the log-likelihood of what is drawn', () => {
    expect(logLikelihoodSoFar(birth, 0)).toBe(0)
    expect(logLikelihoodSoFar(birth, 1)).toBeCloseTo(Math.log(0.125))
    expect(logLikelihoodSoFar(birth, 2)).toBeCloseTo(Math.log(0.125 * 0.5))
  })

  it('knows when each input is drawn', () => {
    expect([...stepOfInput(birth)]).toEqual([1, 0, 0])
  })
})

describe('what came of filling in', () => {
  it('is counted, and what is missing still or not in the file is said', () => {
    expect(filledWords({ filled: 1, rows: 1, left: 0, omitted: [], columns: [] })).toBe(
      '1 missing value in 1 row filled in.',
    )
    expect(filledWords({ filled: 1200, rows: 1000, left: 1, omitted: ['note', 'url'], columns: [] })).toBe(
      '1,200 missing values in 1,000 rows filled in. 1 value stays missing, in columns that the model does not see. Not in the file, because text so varied is not kept: note and url.',
    )
  })
})
