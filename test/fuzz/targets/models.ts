import { bytesSource } from '../../../src/made/safetensors'
import { decodeModel, encodeModel, MOST_STORED_CONNECTIVITIES, type Model } from '../../../src/made/model-file'
import type { ModelSpec } from '../../../src/made/spec'
import { concatenated, modelOf } from '../../made/container'
import { decodeModelPreparation, encodeModelPreparation } from '../../../src/shared/model-preparation'
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
      if (model.preparation !== undefined) decodeModelPreparation(model.preparation, model.spec.inputs)
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
  {
    ...modelOf(
      { ...SPEC, hidden: [3, 5], directConnections: true },
      { orderings: 4, singleOrdering: 'random', masks: 2, seed: 2 },
      4,
    ),
    preparation: encodeModelPreparation({
      data: { name: 'fruit.csv', hash: 'a3' },
      coding: {
        kind: 'columns',
        columns: [
          { name: 'colour', kind: 'categories', values: ['red', 2], gap: 'bit' },
          { name: 'weight', kind: 'levels', levels: [0.5], means: [0, 7], gap: 'left-out' },
        ],
      },
      missing: 'category',
      split: { keepGiven: true, amounts: { kind: 'fractions', valid: 0.1, test: 0.1 }, order: 'random', seed: 1 },
      picture: null,
      pictureSize: null,
    }),
  },
  modelOf(
    { ...SPEC, hidden: [2], activation: 'tanh', conditioningWeights: true },
    { orderings: -1, singleOrdering: 'random', masks: -1, seed: 3 },
    2,
  ),
  modelOf(
    {
      ...SPEC,
      inputs: 9,
      variables: [{ kind: 'binary' }, { kind: 'categorical', categories: 3, count: 2 }, { kind: 'binary', count: 2 }],
      leading: [2, 0],
    },
    { orderings: 2, singleOrdering: 'random', masks: 2, seed: 4 },
    2,
  ),
]

function fileOf(model: Model): Input {
  return oneFile(FILE, concatenated(encodeModel(model)))
}

function requireSame(a: Model, b: Model): void {
  const plain = ({ spec, schedule, preparation }: Model): string => JSON.stringify({ spec, schedule, preparation })
  require(plain(a) === plain(b), `the description of a model written again is ${plain(b)} in place of ${plain(a)}`)
  for (const [name, values] of a.parameters)
    require(values.every((value, i) =>
      Object.is(value, b.parameters.get(name)?.[i]),
    ), `the tensor ${name} written again is another`)
  const stored = a.connectivities.slice(0, MOST_STORED_CONNECTIVITIES)
  require(JSON.stringify(stored) === JSON.stringify(b.connectivities), 'connectivities written again are others')
}
