import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { DataSet } from '../../src/data/data-set'
import type { CodedColumn } from '../../src/data/preparation/coded-column'
import type { Preparation } from '../../src/data/preparation/preparation'
import { suggestedPreparation } from '../../src/data/preparation/suggestion'
import { prepare } from '../../src/data/preparation/prepare'
import { atOnce } from '../../src/base/steps'
import { cellOf, type Table } from '../../src/data/table'
import type { Engine, Session } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { ensembleLogLikelihood } from '../../src/made/likelihood'
import type { Model } from '../../src/made/model-file'
import { CellChances } from '../../src/training/filled-cells'
import { completeRows } from '../../src/questions/completion'
import { fillIn, fillInto, tableOf as tableToFill } from '../../src/training/filling'
import { expectFailure } from '../base/expect-failure'
import { numberColumn, tableOf, wordColumn } from '../data/preparation/tables'
import { denseLogLikelihood } from '../reference/dense-made'
import { readOracle } from '../reference/oracle'
import { allRows, rowArrays } from '../reference/random-models'
import { newRun, smallConfig, temporaryFolder, trainerOf } from './small-run'

/** The column "copy" says what "first" says; "noise" says nothing. Every fifth row lacks one of the three. */
function copyTable(rows: number): Table {
  const words = Array.from({ length: rows }, (_, i) => 'abcd'[(i * i + (i >> 3)) % 4])
  const lacks = (i: number, which: number): boolean => i % 5 === 0 && (i / 5) % 3 === which
  const columns = [
    wordColumn(
      'first',
      words.map((word, i) => (lacks(i, 0) ? null : word)),
    ),
    wordColumn(
      'copy',
      words.map((word, i) => (lacks(i, 1) ? null : `copy of ${word}`)),
    ),
    numberColumn(
      'noise',
      words.map((_, i) => (lacks(i, 2) ? null : (i * 37) % 100)),
    ),
  ]
  return tableOf({ kind: 'columns', columns }, rows)
}

function dataOf(table: Table): DataSet {
  const preparation: Preparation = { ...suggestedPreparation(table), missing: 'model' }
  const { splits, rowsToFill, columnNames, coding } = atOnce(prepare(table, preparation))
  const source = { kind: 'file', path: '/nowhere/copy.csv', preparation } as const
  return {
    name: 'copy',
    source,
    columns: columnNames.length,
    picture: null,
    splits,
    coding,
    columnNames,
    rowsToFill,
    table,
    hash: 'copy',
  }
}

function cell(table: Table, number: number, row: number): ReturnType<typeof cellOf> {
  return table.values.kind === 'columns' ? cellOf(table.values.columns[number], row) : null
}

const ENGINE: Engine = new CpuEngine('test')

/** A model of few inputs, all rows that there are, and the probability of each under its ensemble. */
async function ensembleByEnumeration(): Promise<{
  model: Model
  inputs: number
  rows: BitMatrix
  joint: Float64Array
}> {
  const { model } = await readOracle('conditioning-ensemble')
  const { inputs } = model.spec
  const rows = allRows(inputs)
  const logLikelihoods = model.connectivities.map((connectivity) =>
    Float64Array.from(rowArrays(rows), (row) => denseLogLikelihood(model.spec, model.parameters, connectivity, row)),
  )
  return { model, inputs, rows, joint: ensembleLogLikelihood(logLikelihoods).map(Math.exp) }
}

describe('completions', () => {
  it('are drawn from p(missing | known) of the ensemble, whatever the orderings', async () => {
    const { model, inputs, rows, joint } = await ensembleByEnumeration()
    // The last inputs are known, so that in some of the orderings they come after what is missing.
    const known = [inputs - 2, inputs - 1]
    const agrees = (row: number): boolean => known.every((d) => rows.get(row, d) === 1)
    const total = joint.reduce((sum, p, row) => sum + (agrees(row) ? p : 0), 0)
    const expected = Array.from(
      { length: inputs },
      (_, d) => joint.reduce((sum, p, row) => sum + (agrees(row) && rows.get(row, d) === 1 ? p : 0), 0) / total,
    )
    const draws = 3000
    const bits = new BitMatrix(draws, inputs)
    for (let row = 0; row < draws; row++) for (const d of known) bits.set(row, d)
    const session = await ENGINE.open(model, null)
    const drawn = await completeRows(session, model, { bits, known: bits }, { seed: 3 })
    const shares = Array.from(drawn.rows.columnCounts(), (count) => count / draws)
    // Five standard errors of a share of 3000 draws are 0.046.
    shares.forEach((share, d) => expect(Math.abs(share - expected[d])).toBeLessThan(0.046))
    await session.close()
  })
})

describe('the chances of what is drawn', () => {
  it('are those of p(missing | known) of the ensemble', async () => {
    const { model, inputs, rows, joint } = await ensembleByEnumeration()
    const known = inputs - 1
    const [draws, first] = [400, 0]
    const given = joint.reduce((sum, p, row) => sum + rows.get(row, known) * p, 0)
    const both = joint.reduce((sum, p, row) => sum + rows.get(row, known) * rows.get(row, first) * p, 0)
    const bits = new BitMatrix(draws, inputs)
    for (let row = 0; row < draws; row++) bits.set(row, known)
    const session = await ENGINE.open(model, null)
    const column = numberColumn('x', Array<null>(draws).fill(null))
    const columns: CodedColumn[] = [{ column, number: 0, coding: { name: 'x', kind: 'flag', gap: 'left-out' }, first }]
    const chances = new CellChances(columns, bits)
    const drawn = await completeRows(
      session,
      model,
      { bits, known: bits },
      {
        seed: 3,
        onRow: (row, candidates, taken) => chances.settle(row, candidates, taken),
      },
    )
    const values = new Map([[0, Array.from({ length: draws }, (_, row) => drawn.rows.get(row, first))]])
    const [told] = chances.told({ rows: Uint32Array.from({ length: draws }, (_, row) => row) }, values)
    const chanceOf = (value: string): number => told.values.find((each) => each.value === value)?.chance ?? NaN
    expect(told.filled).toBe(draws)
    // Of the completions one is the value itself, so that what is told is a little more.
    expect(Math.abs(chanceOf('1') - both / given)).toBeLessThan(0.04)
    expect(Math.abs(chanceOf('0') - (1 - both / given))).toBeLessThan(0.04)
    await session.close()
  })
})

describe('filling in', () => {
  const table = copyTable(1200)
  const data = dataOf(table)

  async function trained(): Promise<{ model: Model; session: Session }> {
    const folder = await newRun(
      await temporaryFolder(),
      smallConfig({ data: data.source, epochs: 25, hidden: [40], orderings: 2 }),
      data,
    )
    await (await trainerOf(folder, undefined, data)).run()
    expect((await folder.readRecord()).data.toFill).toBe(240)
    const model = await folder.readBest()
    return { model, session: await ENGINE.open(model, null) }
  }

  it('follows the model in both directions, leaves what was there, fills everything, and is named by its seed', async () => {
    const task = { ...(await trained()), ...tableToFill(data) }
    const { table: filled, columns } = await fillIn({ ...task, seed: 1 })
    let [right, all] = [0, 0]
    for (let row = 0; row < table.rows; row++) {
      for (const number of [0, 1, 2]) {
        const before = cell(table, number, row)
        if (before === null) expect(cell(filled, number, row)).not.toBeNull()
        else expect(cell(filled, number, row)).toBe(before)
      }
      if (cell(table, 0, row) !== null && cell(table, 1, row) !== null) continue
      all++
      if (cell(filled, 1, row) === `copy of ${String(cell(filled, 0, row))}`) right++
    }
    expect(all).toBe(160)
    expect(right / all).toBeGreaterThan(0.95)
    expect((await fillIn({ ...task, seed: 1 })).table).toEqual(filled)
    // Each column tells all that was drawn for it; a copy is certain, and noise is a guess among many.
    expect(columns.map(({ name, filled }) => [name, filled])).toEqual([
      ['first', 80],
      ['copy', 80],
      ['noise', 80],
    ])
    const chanceOf = (name: string): number => {
      const { values = [] } = columns.find((column) => column.name === name) ?? {}
      const drawn = values.reduce((sum, { count }) => sum + count, 0)
      return values.reduce((sum, { count, chance }) => sum + count * chance, 0) / drawn
    }
    expect(chanceOf('copy')).toBeGreaterThan(0.9)
    expect(chanceOf('noise')).toBeLessThan(0.65)
    expect((await fillIn({ ...task, seed: 2 })).table).not.toEqual(filled)

    const other = tableOf(
      { kind: 'columns', columns: [wordColumn('copy', [null, null, 'copy of c', 'copy of b']), wordColumn('first', ['a', 'd', 'unheard of', null]), wordColumn('note', ['x', 'y', 'z', 'x']), numberColumn('noise', [1, 2, 3, 4])] }, // prettier-ignore
      4,
    )
    const path = join(await temporaryFolder(), 'filled.csv')
    expect(await fillInto(path, { ...task, table: other, seed: 1 })).toMatchObject({
      filled: 3,
      rows: 3,
      left: 0,
      columns: [
        { name: 'copy', filled: 2, others: 0 },
        { name: 'first', filled: 1, values: [{ value: 'b', count: 1 }], others: 0 },
      ],
      omitted: [],
      notes: [{ english: 'The model does not know the column “note” of table, which was passed over.' }],
    })
    expect(await readFile(path, 'utf8')).toBe(
      'copy,first,note,noise\ncopy of a,a,x,1\ncopy of d,d,y,2\ncopy of c,unheard of,z,3\ncopy of b,b,x,4\n',
    )
    await expectFailure(() => fillIn({ ...task, seed: 1, table: filled }), 'invalid-data', /No value is missing/)
    await task.session.close()
  })

  it('is refused for data of other columns', async () => {
    const { model, ...task } = { ...(await trained()), ...tableToFill(data), seed: 1 }
    const wider = { ...model, spec: { ...model.spec, inputs: model.spec.inputs + 1 } }
    await expectFailure(() => fillIn({ ...task, model: wider }), 'invalid-data', /inputs, but the data have/)
    await task.session.close()
  })
})
