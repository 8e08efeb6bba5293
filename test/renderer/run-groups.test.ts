import { describe, expect, it } from 'vitest'
import { groupedByData } from '../../src/renderer/logic/run-groups'
import { dataWords } from '../../src/renderer/logic/setting-words'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'
import { summaryOf } from './run-summary'

describe('runs by their data', () => {
  it('stand together where their losses can be compared, the newest first', () => {
    const redrawn = {
      ...DEFAULT_RUN_CONFIG,
      data: { kind: 'mnist', binarization: { kind: 'redrawn', seed: 3 } },
    } as const
    const runs = [
      summaryOf('c', { dataHash: 'x' }),
      summaryOf('b', { dataHash: 'y', config: redrawn }),
      summaryOf('a', { dataHash: 'x' }),
    ]
    expect(groupedByData(runs).map(({ words, runs: members }) => [words, members.map(({ id }) => id)])).toEqual([
      ['MNIST, threshold 128 · 784 inputs', ['c', 'a']],
      ['MNIST, random anew each epoch, seed 3 · 784 inputs', ['b']],
    ])
  })

  it('hold every run once', () => {
    const runs = ['a', 'b', 'c', 'd'].map((id, i) => summaryOf(id, { dataHash: i % 2 === 0 ? '' : `${i}`, columns: i }))
    expect(
      groupedByData(runs)
        .flatMap((group) => group.runs)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b', 'c', 'd'])
    expect(dataWords(runs[0])).toBe('MNIST, threshold 128')
  })
})
