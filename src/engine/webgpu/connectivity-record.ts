import { observedOf, type Connectivity } from '../../made/connectivity'
import type { ModelSpec } from '../../made/spec'
import { placesOfColumns, variablesOf, type Variables } from '../../made/variables'
import { arrange, type Arrangement } from '../arrangement'
import { levelsOf, type Layer, type Levels } from './levels'
import { GRANULE } from './wgsl/product'
import { LARGE_TILE } from './wgsl/tile'

/** The degree of what pads a level, seen from above: nothing keeps it. */
const OUT_OF_REACH = 2 ** 30
/** Seen from below: it keeps nothing. */
const KEEPS_NOTHING = -1
/** A tile may look at granules beyond the end of a table. */
const SLACK = Math.ceil(LARGE_TILE.columns / GRANULE)

/** Where the tables of one level begin in a record. "Position" is the place of a unit in order of degree, "store" its place in the weight store. */
export interface LevelTables {
  /** Position → unit, and → place in the store; place in the store → position. */
  readonly order: number
  readonly stored: number
  readonly positions: number
  /** Degrees as units are seen from the layer above, by position and by place in the store; and the least of each granule of the store. */
  readonly below: number
  readonly belowStored: number
  readonly lowest: number
  /** Per granule of positions: the first unit of the layer above that is connected to it (hidden levels). */
  readonly starts: number
}

/** Where the tables of the units of one layer begin in a record. */
export interface LayerTables {
  /** Degrees as units look below, by position and by place in the store; and the highest of each granule of the store. */
  readonly unit: number
  readonly unitStored: number
  readonly highest: number
  /** Per granule of positions: how many units of the level below they are connected to. */
  readonly reaches: number
}

/**
 * How a connectivity lies in GPU memory: degrees, orders and the reaches of masks, as whole numbers of 32 bits. Masks are
 * comparisons of these degrees; an output at place p counts as a unit of degree p − 1, so that "degree ≥ degree" is the
 * one rule for all layers.
 */
export class ConnectivityLayout {
  readonly levels: Levels
  readonly level: readonly LevelTables[]
  readonly hidden: readonly LayerTables[]
  readonly output: LayerTables
  /** Per granule of outputs, how many inputs direct connections reach. */
  readonly directReaches: number
  /** Input → its position. */
  readonly places: number
  /** `[V + 1]`: the inputs of the variable at place t + 1 are those at positions from entry t on, up to the next entry. */
  readonly firstOfPlace: number
  /** How many inputs, and how many variables, are known, from the first position on. */
  readonly observed: number
  readonly variables: Variables
  /** Length of a record, in numbers. */
  readonly length: number

  constructor(spec: ModelSpec) {
    this.levels = levelsOf(spec)
    this.variables = variablesOf(spec)
    let length = 0
    const take = (count: number): number => {
      const at = length
      length += count
      return at
    }
    const granules = (padded: number): number => padded / GRANULE + SLACK
    this.level = this.levels.padded.map((padded) => ({
      order: take(padded),
      stored: take(padded),
      positions: take(padded),
      below: take(padded),
      belowStored: take(padded),
      lowest: take(granules(padded)),
      starts: take(granules(padded)),
    }))
    const layer = (padded: number): LayerTables => ({
      unit: take(padded),
      unitStored: take(padded),
      highest: take(granules(padded)),
      reaches: take(granules(padded)),
    })
    const [inputs, ...hidden] = this.levels.padded
    this.hidden = hidden.map(layer)
    this.output = layer(inputs)
    this.directReaches = take(granules(inputs))
    this.places = take(inputs)
    this.firstOfPlace = take(this.variables.count + 1)
    this.observed = take(2)
    this.length = length
  }

  /** The tables of the units of a layer. */
  unitTables({ kind, level }: Pick<Layer, 'kind' | 'level'>): LayerTables {
    return kind === 'hidden' ? this.hidden[level - 1] : this.output
  }

  /** The record of a connectivity. `storeOrder` is, per level, the place of each unit in the weight store; null: as in the model. */
  pack(connectivity: Connectivity, storeOrder: readonly Int32Array[] | null): Int32Array {
    const record = new Int32Array(this.length)
    const arrangement = arrange(connectivity, this.variables)
    const { firstOfPlace, inputAt } = arrangement
    const orders = ordersOf(arrangement)
    const places = placesOfColumns(this.variables, connectivity.ordering)
    const degrees = [places, ...connectivity.degrees]
    const byPosition = inputAt.map((input) => places[input] - 1)
    this.level.forEach((tables, v) =>
      this.packLevel(record, tables, v, orders[v], degrees[v], storeOrder?.[v] ?? null, arrangement),
    )
    this.hidden.forEach((tables, l) => {
      this.packLayer(record, tables, l + 1, orders[l + 1], connectivity.degrees[l], storeOrder?.[l + 1] ?? null)
      this.packReaches(record, tables.reaches, arrangement.hidden[l].reach)
    })
    this.packLayer(
      record,
      this.output,
      0,
      orders[0],
      places.map((place) => place - 1),
      storeOrder?.[0] ?? null,
    )
    const reach = (of: Int32Array): Int32Array => byPosition.map((place) => of[place])
    this.packReaches(record, this.output.reaches, reach(arrangement.outputReach))
    this.packReaches(record, this.directReaches, reach(firstOfPlace))
    inputAt.forEach((input, position) => {
      record[this.places + input] = position
    })
    record.set(firstOfPlace, this.firstOfPlace)
    const observed = observedOf(connectivity)
    record.set([firstOfPlace[observed], observed], this.observed)
    return record
  }

  private packLevel(
    record: Int32Array,
    tables: LevelTables,
    v: number,
    order: Int32Array,
    degrees: Int32Array,
    storeOrder: Int32Array | null,
    { hidden, firstOfPlace }: Arrangement,
  ): void {
    const padded = this.levels.padded[v]
    const granules = padded / GRANULE
    record.fill(OUT_OF_REACH, tables.lowest, tables.lowest + granules + SLACK)
    for (let position = 0; position < padded; position++) {
      const isReal = position < order.length
      const unit = isReal ? order[position] : position
      const place = isReal && storeOrder ? storeOrder[unit] : unit
      const degree = isReal ? degrees[unit] : OUT_OF_REACH
      record[tables.order + position] = unit
      record[tables.stored + position] = place
      record[tables.positions + place] = position
      record[tables.below + position] = degree
      record[tables.belowStored + place] = degree
      const granule = tables.lowest + Math.floor(place / GRANULE)
      record[granule] = Math.min(record[granule], degree)
    }
    if (v === 0) return
    const above = v < this.levels.last ? hidden[v].firstOfDegree : null
    const paddedAbove = this.levels.padded[v < this.levels.last ? v + 1 : 0]
    for (let granule = 0; granule < granules; granule++) {
      const degree = record[tables.below + granule * GRANULE]
      // The outputs at places after m keep a unit of degree m.
      record[tables.starts + granule] = degree === OUT_OF_REACH ? paddedAbove : (above ?? firstOfPlace)[degree]
    }
  }

  private packLayer(
    record: Int32Array,
    tables: LayerTables,
    v: number,
    order: Int32Array,
    degrees: Int32Array,
    storeOrder: Int32Array | null,
  ): void {
    const padded = this.levels.padded[v]
    record.fill(KEEPS_NOTHING, tables.unit, tables.unit + padded)
    record.fill(KEEPS_NOTHING, tables.unitStored, tables.unitStored + padded)
    record.fill(KEEPS_NOTHING, tables.highest, tables.highest + padded / GRANULE + SLACK)
    order.forEach((unit, position) => {
      const place = storeOrder ? storeOrder[unit] : unit
      record[tables.unit + position] = degrees[unit]
      record[tables.unitStored + place] = degrees[unit]
      const granule = tables.highest + Math.floor(place / GRANULE)
      record[granule] = Math.max(record[granule], degrees[unit])
    })
  }

  private packReaches(record: Int32Array, at: number, reach: Int32Array): void {
    reach.forEach((count, position) => {
      const granule = at + Math.floor(position / GRANULE)
      record[granule] = Math.max(record[granule], count)
    })
  }
}

/** Per level, position → unit. */
export function ordersOf({ inputAt, hidden }: Arrangement): Int32Array[] {
  return [inputAt, ...hidden.map(({ unitAt }) => unitAt)]
}
