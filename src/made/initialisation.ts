import { StudioError } from '../base/failure'
import { say } from '../words/say'
import { PURPOSE, RandomStream } from './random'
import { parameterTensors, type ModelSpec, type ParameterTensor, type Tensors } from './spec'
import { atOnce, within, type Steps } from '../base/steps'

/** How weights start; biases start at zero, but for those of the outputs where `OUTPUT_BIASES` says otherwise. */
export const INITIALISATIONS = ['uniform', 'orthogonal', 'gaussian'] as const
export type Initialisation = (typeof INITIALISATIONS)[number]

/**
 * What the biases of the outputs start at: zero, or so that a model without weights is that of independent variables, whose
 * probabilities are how often each value is there among the training rows (`independentLogits`).
 */
export const OUTPUT_BIASES = ['zero', 'frequencies'] as const
export type OutputBiases = (typeof OUTPUT_BIASES)[number]

/** The widest matrix (its shorter side) that is made orthogonal: the work grows with its square. */
export const MOST_ORTHOGONAL = 2048

/**
 * Checks that an initialisation can be computed for a model.
 * @throws StudioError 'too-large' for an orthogonal start of a very wide layer.
 */
export function validateInitialisation(spec: ModelSpec, initialisation: Initialisation): void {
  if (initialisation !== 'orthogonal') return
  for (const tensor of parameterTensors(spec))
    if (tensor.shape.length === 2 && Math.min(tensor.shape[0], tensor.shape[1]) > MOST_ORTHOGONAL)
      throw new StudioError(
        'too-large',
        say('model.orthogonal-too-wide', { most: MOST_ORTHOGONAL }),
        say('model.orthogonal-too-wide.hint'),
      )
}

/** Draws of one piece of work: a few hundredths of a second. */
const PIECE = 2 ** 18

/**
 * The parameters that a run begins with: weights (direct and conditioning ones too) drawn from the seed, biases zero.
 * - uniform: ±√(6/(in+out))
 * - gaussian: mean 0, standard deviation √(2/(in+out)), the same variance as uniform
 * - orthogonal: orthonormal rows or columns, whichever are fewer
 * @throws StudioError 'too-large' as `validateInitialisation`
 */
export function initialParameters(spec: ModelSpec, initialisation: Initialisation, seed: number): Tensors {
  return atOnce(initialisationSteps(spec, initialisation, seed))
}

/** The same in pieces, so that whoever draws millions of them can answer others in between. */
export function* initialisationSteps(spec: ModelSpec, initialisation: Initialisation, seed: number): Steps<Tensors> {
  validateInitialisation(spec, initialisation)
  const parameters: Tensors = new Map()
  const tensors = parameterTensors(spec)
  const total = tensors.reduce((sum, { length }) => sum + length, 0)
  let before = 0
  for (const [index, tensor] of tensors.entries()) {
    const stream = new RandomStream(seed, PURPOSE.initialisation, index)
    const after = before + tensor.length
    const values =
      tensor.kind === 'bias'
        ? new Float32Array(tensor.length)
        : yield* within(initialMatrix(tensor, initialisation, stream), before / total, after / total)
    parameters.set(tensor.name, values)
    before = after
  }
  return parameters
}

function initialMatrix(
  tensor: ParameterTensor,
  initialisation: Initialisation,
  stream: RandomStream,
): Steps<Float32Array> {
  const [rows, columns = 1] = tensor.shape
  switch (initialisation) {
    case 'uniform': {
      const bound = Math.sqrt(6 / (rows + columns))
      return drawn(tensor.length, () => bound * (2 * stream.uniform() - 1))
    }
    case 'gaussian': {
      const deviation = Math.sqrt(2 / (rows + columns))
      return drawn(tensor.length, () => deviation * stream.gaussian())
    }
    case 'orthogonal':
      return orthogonalMatrix(rows, columns, stream)
  }
}

function* drawn(length: number, draw: () => number): Steps<Float32Array> {
  const values = new Float32Array(length)
  for (let start = 0; start < length; start += PIECE) {
    const end = Math.min(length, start + PIECE)
    for (let i = start; i < end; i++) values[i] = draw()
    yield end / length
  }
  return values
}

/** A random matrix whose shorter side is orthonormal: Gram–Schmidt, twice, on gaussian vectors, one of them a piece. */
function* orthogonalMatrix(rows: number, columns: number, stream: RandomStream): Steps<Float32Array> {
  const count = Math.min(rows, columns)
  const length = Math.max(rows, columns)
  const vectors: Float64Array[] = []
  while (vectors.length < count) {
    yield vectors.length / count
    const vector = Float64Array.from({ length }, () => stream.gaussian())
    for (let pass = 0; pass < 2; pass++)
      for (const earlier of vectors) {
        const overlap = dot(vector, earlier)
        for (let i = 0; i < length; i++) vector[i] -= overlap * earlier[i]
      }
    const norm = Math.sqrt(dot(vector, vector))
    if (norm < 1e-8) continue
    vectors.push(vector.map((value) => value / norm))
  }
  const wide = rows === count
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const row = Math.floor(i / columns)
    const column = i % columns
    return wide ? vectors[row][column] : vectors[column][row]
  })
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
