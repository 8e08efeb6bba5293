import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fieldName } from '../../src/renderer/logic/field-texts'
import type { FieldId } from '../../src/renderer/logic/draft'
import { noticed } from '../../src/renderer/logic/preparation'
import { labelTitle } from '../../src/renderer/logic/data-texts'
import { dataTitle } from '../../src/renderer/logic/setting-words'
import { useDataStore } from '../../src/renderer/stores/data'
import { useModelStore } from '../../src/renderer/stores/model'
import { useRunsStore } from '../../src/renderer/stores/runs'
import { useFootnotes } from '../../src/renderer/views/model/useFootnotes'
import { speak } from '../../src/renderer/words'
import { MNIST_THRESHOLD } from '../../src/shared/data-source'
import { syntheticSource } from '../../src/shared/data-source'
import { NUMBER_KEYS, OPTIMIZER_NUMBER_KEYS } from '../../src/shared/draft'
import { dataSummaryOf } from './data-summary'
import { summaryOf } from './run-summary'

const DATA = dataSummaryOf()

beforeEach(() => {
  setActivePinia(createPinia())
  useDataStore().summary = DATA
})

afterEach(() => {
  speak('en')
})

describe('what training waits for', () => {
  it('is named: the one setting that is wrong, or the first of several', () => {
    const model = useModelStore()
    expect([model.waitsFor, model.firstWrong]).toEqual([null, null])
    model.draft.numbers.epochs = 'many'
    expect([model.waitsFor, model.firstWrong]).toEqual(['“Most epochs” needs correcting first.', 'epochs'])
    model.draft.hidden = ['500', 'x']
    expect([model.waitsFor, model.firstWrong]).toEqual([
      '2 settings need correcting first, “Layer 2” among them.',
      'hidden.1',
    ])
    speak('ko')
    expect(model.waitsFor).toBe('먼저 “2층” 등 설정 2개를 고쳐 주세요.')
  })

  it('is no setting while there is nothing to train on', () => {
    const model = useModelStore()
    model.draft.numbers.epochs = 'many'
    useDataStore().summary = null
    expect(model.waitsFor).not.toBeNull()
    expect(model.firstWrong).toBeNull()
  })

  it('has a name of its own for every field', () => {
    const fields: FieldId[] = [
      ...NUMBER_KEYS,
      ...OPTIMIZER_NUMBER_KEYS,
      'name',
      'hidden',
      'hidden.0',
      'hidden.1',
      'initialisation',
    ]
    for (const language of ['en', 'ko'] as const) {
      speak(language)
      expect(new Set(fields.map(fieldName)).size).toBe(fields.length)
    }
  })
})

describe('below a number', () => {
  it('stands what the preset has that was begun with, also once another was typed', () => {
    const model = useModelStore()
    const footnotes = useFootnotes()
    expect(footnotes.number('epochs')).toBe('“Quick look” has 15; 1 to 100,000.')
    expect(footnotes.optimizer('learningRate')).toBe('“Quick look” has 0.002; 1e-8 to 100.')
    model.draft.numbers.epochs = '20'
    expect(footnotes.number('epochs')).toBe('“Quick look” has 15; 1 to 100,000.')
    model.applyPreset('paper-one')
    expect(footnotes.hidden()).toBe('“One hidden layer (paper)” has 8,000 · 1 to 65,536 units, up to 32 layers.')
  })

  it('stand the limits alone where the settings are those of a run', () => {
    const model = useModelStore()
    model.use(summaryOf('a'))
    expect(useFootnotes().number('epochs')).toBe('1 to 100,000.')
    expect(useFootnotes().hidden()).toBe('1 to 65,536 units, up to 32 layers.')
  })

  it('stands the default of an optimizer that the preset does not use', () => {
    const model = useModelStore()
    model.draft.optimizer = 'adagrad'
    expect(useFootnotes().optimizer('learningRate')).toBe('Default 0.01; 1e-8 to 100.')
  })
})

it('a name that was suggested follows the language, one that was typed stays', async () => {
  const model = useModelStore()
  expect(model.draft.name).toBe('Quick look')
  speak('ko')
  await nextTick()
  expect(model.draft.name).toBe('빠르게 보기')
  model.draft.name = 'Mine'
  model.isNameOwn = true
  speak('en')
  await nextTick()
  expect(model.draft.name).toBe('Mine')
  expect(useRunsStore().names).toEqual([])
})

it('settings that were taken of a run keep the name of that run, until a preset is chosen', async () => {
  const model = useModelStore()
  model.use(summaryOf('a', { name: 'First light' }))
  await nextTick()
  expect(model.draft.name).toBe('First light')
  model.applyPreset('quick')
  expect(model.draft.name).toBe('Quick look')
})

describe('what was noticed of the data', () => {
  it('is told by how many', () => {
    expect(noticed({ ...DATA, constantColumns: 1, repeatedRows: 2, sharedRows: { valid: 1, test: 0 } })).toEqual([
      '1 of 784 inputs is the same in all training rows.',
      '2 training rows of 100 repeat an earlier one.',
      '1 validation row and 0 test rows also stand among the training rows.',
    ])
    speak('ko')
    expect(noticed({ ...DATA, repeatedRows: 2 })).toEqual(['학습 데이터 100행 가운데 2행은 앞에 나온 행과 똑같습니다.'])
  })
})

it('sets that are drawn have a name in every language, files their own', () => {
  const drawn = { source: syntheticSource('ising-strip'), name: 'Ising strip' }
  expect(dataTitle(drawn)).toBe('Ising strip')
  speak('ko')
  expect(dataTitle(drawn)).toBe('이징 띠')
  expect(dataTitle(DATA)).toBe('MNIST')
})

const ZERO = new Uint32Array()

it('the labels of the built-in digits are called so in the reader’s language, others as in their file', () => {
  const labels = { name: 'digit', words: [], counts: { train: ZERO, valid: ZERO, test: ZERO } }
  speak('ko')
  expect(labelTitle({ source: MNIST_THRESHOLD, labels })).toBe('숫자')
  const source = { kind: 'file', path: '/digits.csv', preparation: null } as const
  expect(labelTitle({ source, labels: { ...labels, name: 'class' } })).toBe('class')
  expect(labelTitle({ source, labels: null })).toBe('')
})
