import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReadingChoices } from '../../../src/data/reading-choices'
import { missingCount } from '../../../src/data/table'
import { header, npy } from '../npy-files'
import { readFiles, rowsOfTable, sentencesOf } from './table-values'

const CSV = 'a,b\n1,x\n2,y\n3,x\n'
const ARFF = '@relation r\n@attribute a numeric\n@attribute b {x,y}\n@data\n1,x\n2,y\n'
const LIBSVM = '1 1:3 2:4\n0 1:5\n'
/** An array of two columns. */
function pairs(values: readonly number[]): Uint8Array {
  return npy(header('<f8', `(${values.length / 2}, 2)`), new Uint8Array(Float64Array.from(values).buffer))
}
const array = pairs([1, 2, -999, 4, 5.5, -999])

describe('a choice', () => {
  it.each<[file: string, content: string | Uint8Array, choices: ReadingChoices, vain: string[]]>([
    ['x.csv', CSV, { header: true, skip: 0, separator: ',', decimal: '.', encoding: 'utf-8', comment: '' }, []],
    ['x.csv', CSV, { sheet: '2' }, ['The sheet']],
    ['x.arff', ARFF, { encoding: 'utf-8' }, []],
    [
      'x.arff',
      ARFF,
      { header: true, separator: ';' },
      ['Whether the first row holds names', 'What stands between fields'],
    ],
    ['x.svm', LIBSVM, { encoding: 'utf-8' }, ['The encoding']],
    ['x.json', '[{"a": 1, "b": 2}, {"a": 3, "b": 5}]', { decimal: ',' }, ['The decimal mark']],
    ['x.npy', array, { transpose: false }, []],
    ['x.npy', array, { skip: 1, transpose: false }, ['How many lines above are not read']],
  ])('that the format of %s has no use for is told', async (file, content, choices, vain) => {
    const { notes } = await readFiles({ [file]: content }, { choices })
    expect(sentencesOf({ notes }).filter((note) => note.includes('in vain'))).toEqual(
      vain.map((what) => `${what} was chosen in vain: the format of ${file} leaves no choice in that.`),
    )
  })

  it('that was made for another file is not', async () => {
    const { notes } = await readFiles({ 'x.arff': ARFF }, { likeOthers: { header: true, separator: ';', sheet: 'a' } })
    expect(notes).toEqual([])
  })
})

describe('marks of missing values', () => {
  it('are found in arrays of numbers', async () => {
    const table = await readFiles({ 'x.npy': array }, { choices: { missingMarks: ['-999', 'none'] } })
    expect(rowsOfTable(table)).toEqual([
      [1, 2],
      [NaN, 4],
      [5.5, NaN],
    ])
    expect(table.missingMarks).toEqual(['-999'])
    const bits = await readFiles({ 'x.npy': pairs([0, 1, 1, 0]) }, { choices: { missingMarks: ['0'] } })
    expect(rowsOfTable(bits)).toEqual([
      [NaN, 1],
      [1, NaN],
    ])
  })

  it('are as missing in numbers of a file as in its text', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 1 })), { minLength: 2 }),
        fc.uniqueArray(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 3 }),
        async (rows, marks) => {
          const choices = { missingMarks: marks.map(String) }
          const csv = await readFiles(
            { 'x.csv': rows.map((row) => `${row.join(',')}\n`).join('') },
            { choices: { ...choices, header: false } },
          )
          const numbers = await readFiles({ 'x.npy': pairs(rows.flat()) }, { choices })
          expect(rowsOfTable(numbers)).toEqual(rowsOfTable(csv))
          const missing = rows.flat().filter((value) => marks.includes(value)).length
          const counts = numbers.values.kind === 'columns' ? numbers.values.columns.map(missingCount) : []
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(missing)
        },
      ),
      { numRuns: 50 },
    ))
})
