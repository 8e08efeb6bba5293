import { expect, it } from 'vitest'
import { drawLossChart } from '../../src/cli/loss-chart'
import type { RunHistory } from '../../src/shared/run'

const HISTORY: RunHistory = { losses: [{ update: 1, loss: 5 }], epochs: [], sampleEpochs: [], minibatchesPerEpoch: 1 }

it('names in Hangul are drawn as they are, not as boxes, which would look alike', () => {
  const drawn = (title: string): string => Buffer.from(drawLossChart(HISTORY, title, null)).toString('base64')
  expect(drawn('소득')).not.toBe(drawn('나이'))
  expect(drawn('똠방')).not.toBe(drawn('뷁꽳'))
})
