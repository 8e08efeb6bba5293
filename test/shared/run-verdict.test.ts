import { describe, expect, it } from 'vitest'
import { keptLoss, validationLoss, verdictOnRun } from '../../src/shared/run-verdict'
import type { RunSummary, TestResult } from '../../src/shared/run'
import { summaryOf } from '../renderer/run-summary'

const PLAIN_HASH = '132211102dc8ec4ad5be0c748046d68e77a3a535e4265edf373337cc4c7804f7'
const TEST: TestResult = { nll: 90, interval95: 0.4, rows: 100, connectivities: 1 }
const LABEL = { name: 'digit', words: ['0', '1', '2'] }

/** A run that has learnt a label of three classes, of rows of that hash without it. */
function labelled(id: string, hash: string, change: Partial<RunSummary> = {}): RunSummary {
  return summaryOf(id, {
    columns: 13,
    variables: [
      { kind: 'binary', count: 10 },
      { kind: 'categorical', categories: 3 },
    ],
    leading: [10],
    label: LABEL,
    dataHash: `${hash} labelled`,
    references: { independent: 207, entropy: null, mixture: null, withoutLabel: { hash, independent: 205 } },
    test: {
      ...TEST,
      nll: 90,
      label: { error: 0.04, rows: 100, nll: 88, interval95: 0.3, calibrationError: 0.01, confusion: null },
    },
    ...change,
  })
}

function unlabelled(id: string, hash: string, nll: number): RunSummary {
  return summaryOf(id, {
    columns: 10,
    dataHash: hash,
    references: { independent: 205, entropy: null, mixture: null },
    test: { ...TEST, nll },
  })
}

function verdict(run: RunSummary, others: readonly RunSummary[] = []): ReturnType<typeof verdictOnRun> {
  return verdictOnRun(run, keptLoss(run), others, () => null)
}

function marks(found: ReturnType<typeof verdictOnRun>): Record<string, number> {
  return Object.fromEntries((found?.marks ?? []).map(({ key, nats }) => [key, nats]))
}

describe('the verdict on a run with a label', () => {
  it('is on p(x), beside what is published and known of the rows without the label', () => {
    const found = verdict(labelled('a', PLAIN_HASH))
    expect(found?.end).toBe('published')
    expect(marks(found)).toEqual({ coins: 10 * Math.LN2, independent: 205, best: 84.13, model: 88 })
  })

  it('is on p(x, y) while nothing else is known, beside no published loss of the rows alone', () => {
    const run = labelled('a', PLAIN_HASH, { test: null })
    const live = verdictOnRun(run, validationLoss({ validNll: 95 }, true), [], () => null)
    expect(live?.end).toBeNull()
    expect(marks(live)).toEqual({ coins: 10 * Math.LN2 + Math.log(3), independent: 207, model: 95 })
    expect(marks(verdict(run))).toEqual({ coins: 10 * Math.LN2 + Math.log(3), independent: 207, model: 90 })
  })

  it('compares runs on the same rows, with the label and without it', () => {
    const [one, other] = [labelled('one', 'rows'), unlabelled('other', 'rows', 87)]
    expect(marks(verdict(one, [one, other]))).toMatchObject({ best: 87, model: 88 })
    expect(marks(verdict(other, [one, other]))).toMatchObject({ best: 88, model: 87 })
    expect(marks(verdict(one, [unlabelled('else', 'other rows', 3)]))).not.toHaveProperty('best')
    const untested = labelled('untested', 'rows', { test: TEST })
    expect(marks(verdict(untested, [one]))).toMatchObject({ best: 90, model: 90 })
    expect(marks(verdict(other, [untested]))).not.toHaveProperty('best')
  })

  it('knows a mixture by the rows that it was fitted to', () => {
    const run = labelled('a', 'rows')
    const nll = { train: 1, valid: 120, test: 1 }
    const mixture = { components: 5, seed: 1, iterations: 3, nll }
    const of = (hash: string): ReturnType<typeof verdictOnRun> =>
      verdictOnRun(run, keptLoss(run), [], (asked) => (asked === hash ? mixture : null))
    expect(marks(of('rows'))).toMatchObject({ mixture: 120 })
    expect(marks(of('rows labelled'))).not.toHaveProperty('mixture')
  })
})
