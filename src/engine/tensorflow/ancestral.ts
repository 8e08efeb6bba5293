import { BitMatrix } from '../../data/bit-matrix'
import { fillUniforms, PURPOSE } from '../../made/random'
import type { VariableKind, Variables } from '../../made/variables'
import type { Drawn, DrawRequest, Given } from '../contract'
import { arrange, type Arrangement } from '../arrangement'
import { disposeAll, tidy, type Rank, type Tensor, type Tensor2D, type TensorFlow } from './library'
import { hiddenLayers, linear, logits, type DenseLayer, type DenseNetwork } from './network'

/** Rows that are drawn together. */
const DRAW_ROWS = 1000

/** What the rows of one batch are drawn with. */
interface Draws {
  /** `[rows, V]`, variables in order of place. */
  readonly uniforms: Tensor2D
  /** `[rows, D]`, inputs in order of place. */
  readonly given: { readonly bits: Tensor2D; readonly known: Tensor2D } | null
}

/** The kind of the variable at each place. */
type KindAt = (place: number) => VariableKind

/** What is drawn so far: `[rows, inputs]`, and of each hidden layer the units that can no longer change, `[rows, units]`. */
interface Done {
  readonly bits: Tensor2D
  readonly probabilities: Tensor2D
  readonly hidden: readonly Tensor2D[]
}

/**
 * Draws rows in ancestral order, √V places at a time. With inputs in order of place and units in order of degree, what the
 * places of a block take from all before is one product, and what they take from each other is a network of their own,
 * √V times smaller in inputs and in units. Running that once per place costs in all about as much as one forward pass, and
 * so does the rest: a sample costs two passes instead of V.
 * @param masked makes the network under the connectivity of the request
 * @param between called before each block, so that others get a turn
 */
export async function drawAncestral(
  tf: TensorFlow,
  variables: Variables,
  masked: () => DenseNetwork,
  request: DrawRequest,
  given: Given | null,
  between: () => Promise<void>,
): Promise<Drawn> {
  const { connectivity, count } = request
  const dimensions = variables.columns
  const arrangement = arrange(connectivity, variables)
  const kindAt: KindAt = (place) => variables.kinds[arrangement.variableAt[place]]
  const sorted = tidy(tf, () => inOrder(tf, masked(), arrangement))
  const rows = new BitMatrix(count, dimensions)
  const probabilities = new Float32Array(count * dimensions)
  try {
    for (let start = 0; start < count; start += DRAW_ROWS) {
      const batch = { ...request, first: request.first + start, count: Math.min(DRAW_ROWS, count - start) }
      const slice = (matrix: BitMatrix): BitMatrix => matrix.slice(start, start + batch.count)
      const draws = upload(tf, batch, arrangement, given && { rows: slice(given.rows), known: slice(given.known) })
      const drawn = await drawBatch(tf, sorted, arrangement, kindAt, draws, between)
      for (let b = 0, i = 0; b < batch.count; b++)
        for (let t = 0; t < dimensions; t++, i++) {
          const input = arrangement.inputAt[t]
          probabilities[(start + b) * dimensions + input] = drawn.probabilities[i]
          if (drawn.bits[i] === 1) rows.set(start + b, input)
        }
    }
  } finally {
    disposeAll(tf, sorted)
  }
  return { rows, probabilities }
}

/** Draws every place of a batch, block by block: bits and probabilities `[rows, D]`, inputs in order of place. The draws are used up. */
async function drawBatch(
  tf: TensorFlow,
  network: DenseNetwork,
  arrangement: Arrangement,
  kindAt: KindAt,
  draws: Draws,
  between: () => Promise<void>,
): Promise<{ readonly bits: ArrayLike<number>; readonly probabilities: ArrayLike<number> }> {
  const [rows, places] = draws.uniforms.shape
  const size = Math.ceil(Math.sqrt(places))
  let done = nothing(tf, rows, network.hidden.length)
  try {
    for (let from = 0; from < places; from += size) {
      await between()
      const [before, to] = [done, Math.min(places, from + size)]
      done = tidy(tf, () => drawBlock(tf, network, arrangement, kindAt, draws, before, from, to))
      disposeAll(tf, before)
    }
    return { bits: done.bits.dataSync(), probabilities: done.probabilities.dataSync() }
  } finally {
    disposeAll(tf, draws)
    disposeAll(tf, done)
  }
}

/** Draws the places from..to−1 (0-based) and finishes the units whose degree is among them. */
function drawBlock(
  tf: TensorFlow,
  network: DenseNetwork,
  arrangement: Arrangement,
  kindAt: KindAt,
  { uniforms, given }: Draws,
  done: Done,
  from: number,
  to: number,
): Done {
  const block = blockOf(tf, network, arrangement, done, from, to)
  const rows = done.bits.shape[0]
  const { firstOfPlace } = arrangement
  const [start, end] = [firstOfPlace[from], firstOfPlace[to]]
  const columns = (of: Tensor2D, first: number, count: number): Tensor2D => tf.slice(of, [0, first], [rows, count])
  const bits: Tensor2D[] = []
  const probabilities: Tensor2D[] = []
  let drawnTo = start
  const padded = (): Tensor2D => tf.concat([...bits, tf.zeros<Rank.R2>([rows, end - drawnTo])], 1)
  for (let t = from; t < to; t++) {
    const [first, width] = [firstOfPlace[t], firstOfPlace[t + 1] - firstOfPlace[t]]
    const z = columns(logits(tf, block, padded()), first - start, width)
    const { p, drawn } = drawVariable(tf, kindAt(t), z, columns(uniforms, t, 1))
    bits.push(given ? tf.where(columns(given.known, first, width), columns(given.bits, first, width), drawn) : drawn)
    probabilities.push(p)
    drawnTo = first + width
  }
  const hidden = hiddenLayers(tf, block, padded())
  return {
    bits: tf.concat([done.bits, ...bits], 1),
    probabilities: tf.concat([done.probabilities, ...probabilities], 1),
    hidden: done.hidden.map((finished, l) => tf.concat([finished, hidden[l]], 1)),
  }
}

/** The probability of a 1 in each column of a variable, and what a uniform draws, both `[rows, columns]`, from its logits. */
function drawVariable(
  tf: TensorFlow,
  kind: VariableKind,
  z: Tensor2D,
  uniform: Tensor2D,
): { readonly p: Tensor2D; readonly drawn: Tensor2D } {
  switch (kind) {
    case 'binary': {
      const p = tf.sigmoid(z)
      return { p, drawn: tf.cast<Tensor2D>(tf.less(uniform, p), 'float32') }
    }
    case 'categorical': {
      const p = tf.softmax(z)
      const [rows, columns] = p.shape
      const cumulative = tf.cumsum(p, 1)
      const threshold = tf.mul(uniform, tf.slice(cumulative, [0, columns - 1], [rows, 1]))
      // The first column whose sum exceeds the threshold; the last one if none does.
      const beyond = tf.cast(tf.greater(cumulative, threshold), 'float32')
      const early = tf.slice(beyond, [0, 0], [rows, columns - 1]) as Tensor2D
      const [none, all] = [tf.zeros<Rank.R2>([rows, 1]), tf.ones<Rank.R2>([rows, 1])]
      return { p, drawn: tf.sub(tf.concat([early, all], 1), tf.concat([none, early], 1)) }
    }
  }
}

/** The network of the places from..to−1 and of the units with those degrees; what comes before is in its biases. */
function blockOf(
  tf: TensorFlow,
  { activation, hidden, output, direct }: DenseNetwork,
  arrangement: Arrangement,
  done: Done,
  from: number,
  to: number,
): DenseNetwork {
  const unitsUpTo = (l: number, place: number): number => {
    const { firstOfDegree } = arrangement.hidden[l]
    return firstOfDegree[Math.min(place + 1, firstOfDegree.length - 1)]
  }
  const inputs = [arrangement.firstOfPlace[from], arrangement.firstOfPlace[to]] as const
  const part = (layer: DenseLayer, before: Tensor2D, rows: readonly [number, number], until: number): DenseLayer => {
    const [first, size] = [rows[0], rows[1] - rows[0]]
    const since = before.shape[1]
    const bias = tf.slice(layer.bias, first, size)
    const earlier = { weight: tf.slice(layer.weight, [first, 0], [size, since]), bias }
    return { weight: tf.slice(layer.weight, [first, since], [size, until - since]), bias: linear(tf, earlier, before) }
  }
  let [before, until] = [done.bits, inputs[1]]
  const layers = hidden.map((layer, l) => {
    const upTo = unitsUpTo(l, to)
    const made = part(layer, before, [unitsUpTo(l, from), upTo], until)
    ;[before, until] = [done.hidden[l], upTo]
    return made
  })
  const last = part(output, before, inputs, until)
  if (!direct) return { activation, hidden: layers, output: last, direct: null, known: null }
  const straight = part({ weight: direct, bias: tf.zeros([direct.shape[0]]) }, done.bits, inputs, inputs[1])
  return {
    activation,
    hidden: layers,
    output: { ...last, bias: tf.add(last.bias, straight.bias) },
    direct: straight.weight,
    known: null,
  }
}

/** The network with its inputs and outputs in order of place and its units in order of degree. */
function inOrder(tf: TensorFlow, network: DenseNetwork, { inputAt, hidden }: Arrangement): DenseNetwork {
  const index = (numbers: Int32Array): Tensor => tf.tensor1d(numbers, 'int32')
  const places = index(inputAt)
  const sorted = ({ weight, bias }: DenseLayer, units: Tensor, inputs: Tensor): DenseLayer => ({
    weight: tf.gather(tf.gather(weight, units), inputs, 1),
    bias: tf.gather(bias, units),
  })
  let below = places
  const layers = network.hidden.map((layer, l) => {
    const units = index(hidden[l].unitAt)
    const made = sorted(layer, units, below)
    below = units
    return made
  })
  const direct = network.direct ? tf.gather(tf.gather(network.direct, places), places, 1) : null
  return {
    activation: network.activation,
    hidden: layers,
    output: sorted(network.output, places, below),
    direct,
    known: null,
  }
}

/** The uniforms of a batch, each a function of (seed, sample, variable) alone, and its given bits. */
function upload(
  tf: TensorFlow,
  request: DrawRequest,
  { inputAt, variableAt }: Arrangement,
  given: Given | null,
): Draws {
  const { seed, first, count } = request
  const [dimensions, places] = [inputAt.length, variableAt.length]
  const byVariable = new Float32Array(places)
  const byPlace = new Float32Array(count * places)
  for (let s = 0; s < count; s++) {
    fillUniforms(seed, PURPOSE.sample, first + s, byVariable)
    for (let t = 0; t < places; t++) byPlace[s * places + t] = byVariable[variableAt[t]]
  }
  const matrix = (values: Float32Array | Uint8Array, type: 'float32' | 'bool'): Tensor2D =>
    tf.tensor2d(values, [count, dimensions], type)
  const ordered = (bits: BitMatrix): Uint8Array =>
    Uint8Array.from({ length: count * dimensions }, (_, i) =>
      bits.get(Math.floor(i / dimensions), inputAt[i % dimensions]),
    )
  return {
    uniforms: tf.tensor2d(byPlace, [count, places], 'float32'),
    given: given && {
      bits: matrix(Float32Array.from(ordered(given.rows)), 'float32'),
      known: matrix(ordered(given.known), 'bool'),
    },
  }
}

function nothing(tf: TensorFlow, rows: number, layers: number): Done {
  const empty = (): Tensor2D => tf.zeros<Rank.R2>([rows, 0])
  return { bits: empty(), probabilities: empty(), hidden: Array.from({ length: layers }, empty) }
}
