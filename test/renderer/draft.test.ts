import { describe, expect, it } from 'vitest'
import { MOST_ORTHOGONAL } from '../../src/made/initialisation'
import { draftOf, presetOf, readDraft, readNumber, type FieldId } from '../../src/renderer/logic/draft'
import { draftSchema, type Draft } from '../../src/shared/draft'
import { MNIST_THRESHOLD } from '../../src/shared/data-source'
import { PRESETS } from '../../src/shared/presets'
import { DEFAULT_RUN_CONFIG, runConfigSchema, type RunConfig } from '../../src/shared/run-config'

const COLUMNS = { columns: 784 }

function problemsOf(change: (draft: Draft) => void): Map<FieldId, string> {
  const draft = draftOf(DEFAULT_RUN_CONFIG, 'A run')
  change(draft)
  const reading = readDraft(draft, MNIST_THRESHOLD, COLUMNS)
  return new Map<FieldId, string>(reading.ok ? [] : reading.problems)
}

describe('reading a draft', () => {
  const configs: RunConfig[] = [
    DEFAULT_RUN_CONFIG,
    ...PRESETS.map(({ settings }): RunConfig => ({ ...DEFAULT_RUN_CONFIG, ...settings })),
    {
      ...DEFAULT_RUN_CONFIG,
      orderings: -1,
      masks: 32,
      optimizer: { kind: 'sgd', learningRate: 1e-7, decay: 0.5, momentum: 0.9 },
    },
    {
      ...DEFAULT_RUN_CONFIG,
      orderings: 5,
      masks: -1,
      learningRateSchedule: 'cosine',
      averagedEpochs: 5,
      optimizer: { kind: 'adadelta', rho: 0.95, epsilon: 1e-12 },
      seed: Number.MAX_SAFE_INTEGER,
    },
  ]

  it.each(configs)('gives back the settings that it was made of (%#)', (config) => {
    const reading = readDraft(draftOf(config, 'A run'), MNIST_THRESHOLD, COLUMNS)
    expect(reading).toEqual({ ok: true, config })
    if (reading.ok) expect(runConfigSchema.safeParse(reading.config).success).toBe(true)
  })

  it('takes up one of an earlier day, which knew neither schedules nor averages', () => {
    const draft = draftOf(DEFAULT_RUN_CONFIG, 'A run')
    const { learningRateSchedule: _, numbers, ...rest } = draft
    const { averagedEpochs: __, ...known } = numbers
    expect(draftSchema.parse({ ...rest, numbers: known })).toEqual(draft)
    const chosen = draftOf({ ...DEFAULT_RUN_CONFIG, learningRateSchedule: 'cosine', averagedEpochs: 7 }, 'A run')
    expect(draftSchema.parse(chosen)).toEqual(chosen)
  })

  it('names every field that is wrong', () => {
    const problems = problemsOf((draft) => {
      draft.name = '  '
      draft.hidden = ['500', '0', '1e9', 'x']
      draft.numbers.batchSize = '2.5'
      draft.numbers.epochs = ''
      draft.optimizerNumbers.adam.learningRate = 'NaN'
      draft.optimizerNumbers.adam.beta1 = '1'
    })
    expect([...problems.keys()].sort()).toEqual(
      ['batchSize', 'beta1', 'epochs', 'hidden.1', 'hidden.2', 'hidden.3', 'learningRate', 'name'].sort(),
    )
    expect(problems.get('batchSize')).toBe('A whole number from 1 to 10,000, please.')
  })

  it('minds only the numbers that count', () => {
    expect(
      problemsOf((draft) => {
        draft.numbers.orderings = 'many'
        draft.numbers.testPairs = '0'
        draft.optimizerNumbers.sgd.learningRate = '-1'
      }).size,
    ).toBe(0)
    expect(problemsOf((draft) => (draft.orderingMode = 'fresh')).size).toBe(0)
    const fresh = problemsOf((draft) => {
      draft.maskMode = 'fresh'
      draft.numbers.testPairs = '0'
    })
    expect([...fresh.keys()]).toEqual(['testPairs'])
  })

  it('explains limits that hold between fields beside one of them', () => {
    expect(problemsOf((draft) => (draft.hidden = ['60000', '60000'])).get('hidden')).toMatch(/parameters/)
    const pairs = problemsOf((draft) => {
      draft.orderingMode = 'list'
      draft.maskMode = 'list'
      draft.numbers.orderings = '997'
      draft.numbers.masks = '991'
    })
    expect(pairs.get('orderings')).toMatch(/pairs/)
    const orthogonal = problemsOf((draft) => {
      draft.initialisation = 'orthogonal'
      draft.hidden = [String(MOST_ORTHOGONAL + 1), String(MOST_ORTHOGONAL + 1)]
    })
    expect(orthogonal.get('initialisation')).toMatch(/orthogonal/)
  })

  it('takes numbers as people type them', () => {
    const bounds = { least: 0, most: 100_000, whole: true }
    expect([' 1,000 ', '1e3', '1_000'].map((text) => readNumber(text, bounds))).toEqual([1000, 1000, 1000])
    expect(['', ' ', 'Infinity', '-1', '1.5'].map((text) => typeof readNumber(text, bounds))).toEqual(
      Array(5).fill('string'),
    )
    expect(readNumber('9', { least: -2, most: 2, whole: false })).toBe('A number from −2 to 2, please.')
  })
})

describe('the preset of a draft', () => {
  it.each(PRESETS)('is found again: $id', ({ id, settings }) => {
    expect(presetOf(draftOf({ ...DEFAULT_RUN_CONFIG, ...settings, seed: 7, engine: 'cpu' }, 'x'))).toBe(id)
  })

  it('is none once a setting has changed', () => {
    const draft = draftOf({ ...DEFAULT_RUN_CONFIG, ...PRESETS[0].settings }, 'x')
    draft.numbers.epochs = '9'
    expect(presetOf(draft)).toBeNull()
  })
})
