import { describe, expect, it } from 'vitest'
import { tableInPhrases, tableText } from '../../src/shared/table-words'
import type { TableSummary } from '../../src/shared/table-summary'
import { said, say, verbatim } from '../../src/words/say'

const TABLE: TableSummary = {
  format: verbatim('CSV'),
  paths: ['people.csv'],
  rows: 1200,
  parts: [],
  values: 'columns',
  width: 5,
  columns: [],
  kinds: { categories: 3, numbers: 1, dates: 0, bits: 0 },
  beside: 0,
  leftOut: [
    { name: 'id', why: say('prepare.because.every-row'), use: 'words' },
    ...['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, why: null, use: null })),
  ],
  label: 'class',
  readAs: { separator: ',', header: true, skip: 2, transpose: false },
  sheets: [],
  missing: { cells: 3, marks: ['?', 'NA'] },
  canBeGrey: false,
  isOfPictureFiles: false,
}

describe('what was understood of a table', () => {
  it('is a paragraph of whole sentences', () => {
    expect(tableText(TABLE).english).toBe(
      'A table of 1,200 rows and 5 columns, separated by commas, 2 lines above are not read, names in the first row. ' +
        '3 columns are categories and 1 a number. “id” is left out because every row has another word. ' +
        '“a”, “b”, “c” and 2 more are left out as you chose. “class” is the label, kept apart. ' +
        '3 cells are missing, written “?” and “NA”.',
    )
    expect(said('ko', tableText(TABLE))).toBe(
      '쉼표로 구분된 1,200행 5열의 표입니다. 첫 행은 열 이름입니다. 그 위의 2줄은 읽지 않았습니다. ' +
        '열은 범주 3개 및 수 1개입니다. “id” 열은 행마다 낱말이 달라서 뺐습니다. ' +
        '“a”, “b”, “c” 및 그 밖의 2개 열은 고른 대로 뺐습니다. “class” 열은 레이블이며, 따로 둡니다. ' +
        '빈 값이 3개 있습니다(표기: “?” 및 “NA”).',
    )
  })

  it.each(['en', 'ko'] as const)('has the same parts that can be changed in every order of words: %s', (language) => {
    const phrases = tableInPhrases(TABLE, language)
    expect(phrases.flatMap(({ aspect }) => aspect ?? []).sort()).toEqual([
      'columns',
      'columns',
      'columns',
      'direction',
      'head',
      'label',
      'missing',
      'separator',
    ])
    expect(phrases.map(({ text }) => text).join('')).toBe(said(language, tableText(TABLE)))
  })

  it('offers to turn only what can be turned', () => {
    const aspects = (readAs: TableSummary['readAs']): unknown[] =>
      tableInPhrases({ ...TABLE, readAs }, 'en').filter(({ aspect }) => aspect === 'direction')
    expect(aspects({})).toEqual([])
    expect(aspects({ transpose: true })).toHaveLength(2)
  })

  it('calls columns that have no names by their numbers, in words, and a label as its file does', () => {
    const korean = (table: Partial<TableSummary>): string =>
      tableInPhrases({ ...TABLE, ...table }, 'ko')
        .map(({ text }) => text)
        .join('')
    const leftOut = [{ name: 'column 2', why: null, use: null }]
    const nameless = korean({ leftOut, label: 'label', readAs: { header: false } })
    expect(nameless).toContain('“2번째 열”')
    expect(nameless).toContain('“레이블”')
    expect(korean({ label: 'label' })).toContain('“label”')
  })
})
