import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureFrom } from '../base/expect-failure'
import { openDataSet, type DataSet } from '../../src/data/data-set'
import type { Preparation } from '../../src/data/preparation/preparation'
import type { ReadingChoices } from '../../src/data/reading-choices'
import { AS_BITS } from './preparation/tables'
import { sentencesOf } from './readers/table-values'
import { temporaryFolder } from '../training/small-run'

const CASES = join(import.meta.dirname, '..', 'fixtures', 'cases')

function open(file: string, reading?: ReadingChoices, change?: Partial<Preparation>): Promise<DataSet> {
  return openDataSet(
    { kind: 'file', path: join(CASES, file), preparation: null, ...(reading ? { reading } : {}) },
    { mnistFolder: '/nowhere' },
    change ? { change: (given) => ({ ...given, ...change }) } : {},
  )
}

describe('columns that a model does better without', () => {
  const ids = '06-columns-left-out-without-a-word/idcol.csv'

  it('are told one by one, with the reason and the way to use them', async () => {
    const { columns, notes } = await open(ids)
    expect(columns).toBe(4)
    expect(sentencesOf({ notes })).toEqual([
      'The column “id” is left out because every row has another word. To use it, read it by its values (--categorical id).',
      'The column “name” is left out because every row has another word. To use it, read it by its values (--categorical name).',
    ])
  })

  it('are used where a person says so', async () => {
    const { columns, notes } = await open(ids, { words: ['id'] })
    expect([columns, notes?.length]).toEqual([304, 1])
  })

  it('are those of nearly as many words as rows, however few these are', async () => {
    const { columns, notes } = await open('18-identifiers-in-small-tables/rownames.csv', undefined, AS_BITS)
    expect(columns).toBe(4)
    expect(sentencesOf({ notes })[0]).toMatch(/^The column “rownames” is left out because every row has another word/)
    const months = await open('18-identifiers-in-small-tables/months.csv', undefined, AS_BITS)
    expect([months.columns, months.notes]).toEqual([2, []])
  })
})

describe('where too little is left', () => {
  it('for a model, it is said what was left out and what there is to do', async () => {
    await expect(open('29-hints-that-cannot-be-followed/reuters_like.arff')).rejects.toMatchObject({
      code: 'invalid-data',
      message:
        'Only one column of bits is left, where a model needs at least 2. The column “Text” is left out because every row has another word.',
      hint: 'You can use “Text” all the same (click on what the paragraph at the top says of it). Or choose data with more columns.',
    })
    const failure = await failureFrom(() => open('29-hints-that-cannot-be-followed/reuters_like.arff'))
    expect(failure.toFailure('options').hint.english).toBe(
      'You can read “Text” by its values (--categorical Text). Or choose data with more columns.',
    )
  })

  it('of a table that has only one column, the way to more of them is said, too', async () => {
    const path = join(await temporaryFolder(), 'single.csv')
    await writeFile(path, Array.from({ length: 40 }, (_, row) => `n${row}/x\n`).join(''))
    const failure = await failureFrom(() =>
      openDataSet({ kind: 'file', path, preparation: null }, { mnistFolder: '/' }),
    )
    expect(failure.message).toMatch(/^single\.csv has only one column, where a model needs at least 2 columns of bits/)
    expect(failure.toFailure('options').hint.english).toMatch(
      /^You can say what stands between its fields \(--separator\)/,
    )
  })

  it('because nearly all rows have gaps, it is said how many and where', async () => {
    const path = join(await temporaryFolder(), 'labor.csv')
    const rows = Array.from({ length: 57 }, (_, row) => [row % 4, row % 3, row % 2])
    const lines = rows.map((row, r) => row.map((value, c) => (r > 0 && r % 3 === c ? '?' : `v${value}`)).join(','))
    await writeFile(path, `duration,pension,dental\n${lines.join('\n')}\n`)
    const opening = openDataSet(
      { kind: 'file', path, preparation: null },
      { mnistFolder: '/nowhere' },
      {
        change: (given) => ({ ...given, missing: 'model' }),
      },
    )
    const { code, message, hint } = (await failureFrom(() => opening)).toFailure('options')
    expect([code, message.english]).toEqual([
      'invalid-data',
      '56 of 57 rows lack a value and cannot be learnt from, which leaves only 1.',
    ])
    expect(hint.english).toMatch(/“pension” 19.*--omit pension.*--missing category/)
  })
})
