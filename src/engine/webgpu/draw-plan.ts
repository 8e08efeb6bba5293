import { largest } from '../../base/extremes'
import type { Connectivity } from '../../made/connectivity'
import type { Variables } from '../../made/variables'
import { arrange, type Arrangement } from '../arrangement'
import type { Layer, Levels } from './levels'
import { MOST_PLACES, MOST_SUMS } from './wgsl/draw'
import { BLOCK_HEAD, LAYER_ENTRY } from './wgsl/draw-places'
import { GRANULE } from './wgsl/product'

/** Terms of one part of the sum over what came before a block, at least; the number of parts decides how it is rounded. */
const PART_TERMS = 256
const MOST_PARTS = 8

/** The part of a layer that belongs to a block: the units that become final in it (or the outputs that are drawn). */
export interface BlockLayer {
  readonly first: number
  readonly count: number
  /** Units (or inputs) below that are final before the block begins. */
  readonly limit: number
  /** The sum over those is made in so many parts; 0 if there are none. */
  readonly parts: number
  /** Where its weights within the block lie, and where its parts begin: so many numbers for each row. */
  readonly packed: number
  readonly region: number
  readonly pitch: number
}

/** Places that are drawn in one go. */
export interface Block {
  readonly first: number
  readonly places: number
  /** The positions of the inputs of these places: the first, and how many. */
  readonly firstColumn: number
  readonly columns: number
  /** Per layer of the network, output and direct included. */
  readonly layers: readonly BlockLayer[]
  /** Weights within the block, those that masks cut off included. */
  readonly weights: number
  readonly sums: number
  readonly isWide: boolean
}

/**
 * How rows are drawn under a connectivity: places in blocks. What came before a block reaches it through products of
 * many rows at once; within it places are drawn one by one. Every weight is visited once.
 */
export interface DrawPlan {
  readonly blocks: readonly Block[]
  /** The same as numbers for the kernels, and where its tables begin. */
  readonly numbers: Int32Array
  readonly order: number
  readonly firsts: number
  /** The variable at each place, and then the first position of each place. */
  readonly variables: number
  readonly layerTables: number
  readonly blockLength: number
  /** Where sorted constants begin in the packed buffer, per layer with biases, and its length. */
  readonly constants: readonly number[]
  readonly packedLength: number
  /** Per level, where the states of a row's level begin: so many numbers for each row; and their sum. */
  readonly states: readonly number[]
  readonly statePitch: number
  /** The most numbers per row of the parts of one block, and of sums of a wide block. */
  readonly regionPitch: number
  readonly widestSums: number
}

/** @param layers of the network, as `layersOf` gives them */
export function planDrawing(
  connectivity: Connectivity,
  variables: Variables,
  layers: readonly Layer[],
  levels: Levels,
): DrawPlan {
  const arrangement = arrange(connectivity, variables)
  const allPlaces = variables.count
  const hidden = arrangement.hidden.length
  let packed = 0
  const constants = layers.slice(0, hidden + 1).map(({ level }) => {
    const at = packed
    packed += levels.padded[level]
    return at
  })
  const blocks: Block[] = []
  for (let first = 0; first < allPlaces;) {
    const places = placesFrom(first, arrangement)
    const block = makeBlock(first, places, layers, arrangement, packed)
    packed = block.packedEnd
    blocks.push(block)
    first += places
  }
  let statePitch = 0
  const states = levels.padded.map((padded) => {
    const at = statePitch
    statePitch += padded
    return at
  })

  const blockLength = BLOCK_HEAD + LAYER_ENTRY * layers.length
  const order = blockLength * blocks.length
  const firsts = order + variables.columns
  const layerTables = firsts + hidden * (allPlaces + 2)
  const ofVariables = layerTables + 3 * hidden
  const numbers = new Int32Array(ofVariables + 2 * allPlaces + 1)
  blocks.forEach((block, b) => writeBlock(numbers, b * blockLength, block))
  numbers.set(arrangement.inputAt, order)
  for (let l = 0; l < hidden; l++) {
    for (let t = 0; t <= allPlaces + 1; t++) numbers[firsts + l * (allPlaces + 2) + t] = unitsBelow(arrangement, l, t)
    numbers[layerTables + 2 * l] = constants[l]
    numbers[layerTables + 2 * l + 1] = states[l + 1]
    numbers[layerTables + 2 * hidden + l] = levels.padded[l + 1]
  }
  numbers.set(arrangement.variableAt, ofVariables)
  numbers.set(arrangement.firstOfPlace, ofVariables + allPlaces)
  const regionOf = (block: Block): number => block.layers.reduce((sum, { parts, pitch }) => sum + parts * pitch, 0)
  return {
    blocks,
    numbers,
    order,
    firsts,
    variables: ofVariables,
    layerTables,
    blockLength,
    constants,
    packedLength: packed,
    states,
    statePitch,
    regionPitch: largest(blocks.map(regionOf)),
    widestSums: Math.max(0, largest(blocks.map(({ isWide, sums }) => (isWide ? sums : 0)))),
  }
}

/** The number of units of hidden layer l (0-based) with a degree below t, for t in 0..V+1. */
function unitsBelow({ hidden }: Arrangement, l: number, t: number): number {
  const { firstOfDegree, unitAt } = hidden[l]
  return t < firstOfDegree.length ? firstOfDegree[t] : unitAt.length
}

/** Units of all layers that become final at places first+1..first+places (1-based). */
function unitsWithin(arrangement: Arrangement, first: number, places: number): number {
  return arrangement.hidden.reduce(
    (sum, _, l) => sum + unitsBelow(arrangement, l, first + places + 1) - unitsBelow(arrangement, l, first + 1),
    0,
  )
}

/** As many places as fit one block, at least one. */
function placesFrom(first: number, arrangement: Arrangement): number {
  const { firstOfPlace, variableAt } = arrangement
  const sumsOf = (places: number): number =>
    firstOfPlace[first + places] - firstOfPlace[first] + unitsWithin(arrangement, first, places)
  let places = 1
  while (places < MOST_PLACES && first + places < variableAt.length && sumsOf(places + 1) <= MOST_SUMS) places++
  return places
}

function makeBlock(
  first: number,
  places: number,
  layers: readonly Layer[],
  arrangement: Arrangement,
  packedFrom: number,
): Block & { readonly packedEnd: number } {
  let packed = packedFrom
  let region = 0
  const [firstColumn, endColumn] = [arrangement.firstOfPlace[first], arrangement.firstOfPlace[first + places]]
  const begins = (level: number): number => (level === 0 ? firstColumn : unitsBelow(arrangement, level - 1, first + 1))
  const ends = (level: number): number =>
    level === 0 ? endColumn : unitsBelow(arrangement, level - 1, first + places + 1)
  const blockLayers = layers.map(({ level, below }): BlockLayer => {
    const count = ends(level) - begins(level)
    const limit = begins(below)
    const parts = count === 0 || limit === 0 ? 0 : Math.min(MOST_PARTS, Math.max(1, Math.floor(limit / PART_TERMS)))
    const pitch = Math.ceil(((begins(level) % GRANULE) + count) / GRANULE) * GRANULE
    const layer = { first: begins(level), count, limit, parts, packed, region, pitch }
    packed += count * (ends(below) - begins(below))
    region += parts * pitch
    return layer
  })
  const columns = endColumn - firstColumn
  const sums = columns + unitsWithin(arrangement, first, places)
  return {
    first,
    places,
    firstColumn,
    columns,
    layers: blockLayers,
    weights: packed - packedFrom,
    sums,
    isWide: sums > MOST_SUMS,
    packedEnd: packed,
  }
}

function writeBlock(numbers: Int32Array, at: number, { first, places, firstColumn, columns, layers }: Block): void {
  numbers.set([first, places, firstColumn, columns], at)
  layers.forEach((layer, i) => {
    numbers.set(
      [layer.first, layer.count, layer.packed, layer.region, layer.pitch, layer.parts],
      at + BLOCK_HEAD + i * LAYER_ENTRY,
    )
  })
}
