import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BitMatrix } from '../data/bit-matrix'
import type { DataSet } from '../data/data-set'
import type { Model } from '../made/model-file'
import { variablesOf } from '../made/variables'
import { surprises } from '../questions/surprise'
import type { RatedRow, RatedRows, RowStanding } from '../shared/questions'
import { logLikelihoods } from '../training/evaluation'
import type { OpenModel } from './open-models'
import { completeRowsOf, type SomeRows } from './run-data'

interface Rated extends SomeRows {
  /** log p of each row under the ensemble, nats. */
  readonly logs: Float64Array
}

/** Test rows are scored once for as long as a model is open. */
const ratedOf = new WeakMap<Model, Promise<Rated>>()

function rated(opened: OpenModel, data: DataSet): Promise<Rated> {
  const known = ratedOf.get(opened.model)
  if (known) return known
  const rating = rate(opened, data)
  ratedOf.set(opened.model, rating)
  // Whoever asks next tries anew.
  rating.catch(() => ratedOf.delete(opened.model))
  return rating
}

async function rate(opened: OpenModel, data: DataSet): Promise<Rated> {
  const some = completeRowsOf(data, 'test')
  return { ...some, logs: await logsOf(opened, some.rows) }
}

function logsOf({ model, session }: OpenModel, rows: BitMatrix): Promise<Float64Array> {
  return logLikelihoods(session, rows, model.connectivities, () => nextTurn())
}

/** Where a row `[1, D]` would stand among the test rows. */
export async function standing(opened: OpenModel, data: DataSet, row: BitMatrix): Promise<RowStanding> {
  const { logs } = await rated(opened, data)
  const [log] = await logsOf(opened, row)
  return { rows: logs.length, lessSurprising: logs.filter((other) => other > log).length }
}

/** The test rows that surprise a model most, and least. */
export async function ratedRows(opened: OpenModel, data: DataSet, count: number): Promise<RatedRows> {
  const all = await rated(opened, data)
  const sorted = Array.from(all.logs.keys()).sort((a, b) => all.logs[a] - all.logs[b])
  const told = async (places: readonly number[]): Promise<RatedRow[]> => {
    const rows = all.rows.select(places)
    const { terms } = await surprises(opened.session, opened.model, rows)
    const { count: variables } = variablesOf(opened.model.spec)
    return places.map((place, i) => {
      const ofRow = terms.subarray(i * variables, (i + 1) * variables)
      const variable = ofRow.reduce((most, term, v) => (term > ofRow[most] ? v : most), 0)
      return {
        number: all.numbers[place],
        bits: rows.slice(i, i + 1).toBytes(),
        nats: -all.logs[place],
        variable,
        variableNats: ofRow[variable],
      }
    })
  }
  return {
    rows: all.logs.length,
    least: await told(sorted.slice(0, count)),
    most: await told(sorted.slice(-count).reverse()),
  }
}
