import { bytesSource } from '../../../src/made/safetensors'
import { decodeModel, encodeModel, MOST_STORED_CONNECTIVITIES, type Model } from '../../../src/made/model-file'
import type { ModelSpec } from '../../../src/made/spec'
import { concatenated, modelOf } from '../../made/container'
import { doneOrRefused, require } from '../checks/fault'
import { oneFile, type Input } from '../input'
import { changeInput } from '../mutations/inputs'
import type { Target } from '../target'
import { strictSource } from './table-files'

const FILE = 'model.safetensors'

/** Model files: what is read of one, written again, is the same model. */
export const MODEL_TARGET: Target = {
  name: 'models',
  what: 'model files (.safetensors)',
  share: 120,
  seeds: () => Promise.resolve(MODELS.map(fileOf)),
  change: changeInput,
  run: (input) =>
    doneOrRefused(async () => {
      const model = await decodeModel(strictSource(FILE, input.get(FILE) ?? new Uint8Array()))
      const written = concatenated(encodeModel(model))
      const again = await decodeModel(bytesSource(written))
      requireSame(model, again)
      require(Buffer.compare(written, concatenated(encodeModel(again))) ===
        0, 'a model written twice is not the same file')
      return 'a model'
    }),
}

const SPEC: ModelSpec = {
  inputs: 4,
  hidden: [3],
  activation: 'relu',
  directConnections: false,
  conditioningWeights: false,
}
const MODELS: readonly Model[] = [
  modelOf(SPEC, { orderings: 1, singleOrdering: 'natural', masks: 1, seed: 1 }, 1),
  modelOf(
    { ...SPEC, hidden: [3, 5], directConnections: true },
    { orderings: 4, singleOrdering: 'random', masks: 2, seed: 2 },
    4,
  ),
  modelOf(
    { ...SPEC, hidden: [2], activation: 'tanh', conditioningWeights: true },
    { orderings: -1, singleOrdering: 'random', masks: -1, seed: 3 },
    2,
  ),
]

function fileOf(model: Model): Input {
  return oneFile(FILE, concatenated(encodeModel(model)))
}

function requireSame(a: Model, b: Model): void {
  const plain = ({ spec, schedule }: Model): string => JSON.stringify({ spec, schedule })
  require(plain(a) === plain(b), `the description of a model written again is ${plain(b)} in place of ${plain(a)}`)
  for (const [name, values] of a.parameters)
    require(values.every((value, i) =>
      Object.is(value, b.parameters.get(name)?.[i]),
    ), `the tensor ${name} written again is another`)
  const stored = a.connectivities.slice(0, MOST_STORED_CONNECTIVITIES)
  require(JSON.stringify(stored) === JSON.stringify(b.connectivities), 'connectivities written again are others')
}
