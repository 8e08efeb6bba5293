import { describe } from 'vitest'
import { findTensorFlow } from '../../scripts/setup/tensorflow.mjs'
import type { Engine } from '../../src/engine/contract'
import { TensorFlowEngine } from '../../src/engine/tensorflow/tensorflow-engine'
import { verbatim } from '../../src/words/say'

/** The folder of a real TensorFlow, or null; `npm test` fetches one where it can. */
export const tensorFlowFolder = findTensorFlow()

/** A suite that runs TensorFlow; where there is none it is skipped and says so. */
export function describeTensorFlow(name: string, suite: (folder: string) => void): void {
  if (tensorFlowFolder !== null) describe(name, () => suite(tensorFlowFolder))
  else describe.skip(`${name} (there is no TensorFlow here; "npm test" fetches one where it can)`, () => suite(''))
}

export function tensorFlowEngine(folder: string): Engine {
  return new TensorFlowEngine(folder, { kind: 'cpu', name: verbatim('test') })
}
