import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import type { ReadingChoices } from '../../../src/data/reading-choices'
import { missingCount, type Table } from '../../../src/data/table'
import { labelWords, sentencesOf } from './table-values'

const CASES = join(import.meta.dirname, '..', '..', 'fixtures', 'cases')

/** Reads a file of people's kind of data, alone or with its set. */
function read(file: string, choices: ReadingChoices = {}): Promise<Table> {
  return readTable(join(CASES, file), { choices })
}

/** Each column in a word: its name, its kind, the number of its words, how many values it lacks. */
function columnsOf({ values }: Table): string[] {
  if (values.kind === 'bits') return values.names.map((name) => `${name} bits`)
  if (values.kind === 'grey') return ['grey']
  return values.columns.map((column) => {
    const dates = 'dates' in column && column.dates ? ` dates by ${column.dates.unit}` : ''
    const words = column.kind === 'categories' ? ` ${column.words.length}` : ''
    const missing = missingCount(column)
    return `${column.name} ${column.kind}${words}${dates}${missing > 0 ? ` −${missing}` : ''}`
  })
}

function mean(table: Table, name: string): number {
  const column = table.values.kind === 'columns' ? table.values.columns.find((one) => one.name === name) : undefined
  if (column?.kind !== 'integers' && column?.kind !== 'numbers') throw new Error(`${name} holds no numbers`)
  return Array.from(column.values).reduce((sum, value) => sum + value, 0) / column.values.length
}

describe('rows that begin as remarks do', () => {
  const folder = '01-rows-that-begin-with-a-hash'
  it.each([
    ['hash.csv', ['tag categories 6', 'likes integers', 'lang categories 2']],
    ['hexcolor.csv', ['color categories 3', 'size integers', 'kind categories 2']],
    ['excelna.csv', ['score numbers −4', 'group categories 2', 'ok bits']],
    ['percentcol.csv', ['change categories 40', 'group categories 2', 'ok bits']],
  ])('are rows, if they have the fields of one: %s', async (file, columns) => {
    const table = await read(`${folder}/${file}`)
    expect([table.rows, columnsOf(table)]).toEqual([40, columns])
  })

  it('are remarks where a person says so', async () => {
    const table = await read(`${folder}/hash.csv`, { comment: '#' })
    expect(table.rows).toBe(40)
  })
})

it('matches the columns of the files of a set by their names, and says so', async () => {
  const table = await read('02-columns-in-another-order-in-the-test-file/train.csv')
  expect(columnsOf(table)).toEqual(['age integers', 'sex bits', 'smoke integers'])
  expect(sentencesOf(table)).toEqual([])
  const { values, parts } = table
  if (values.kind !== 'columns') throw new Error('no columns')
  const means = parts.map(({ start, end }) =>
    values.columns.map((column) => {
      if (column.kind !== 'integers') return null
      const own = Array.from(column.values.slice(start, end))
      return own.reduce((sum, value) => sum + value, 0) / own.length
    }),
  )
  means[0].forEach((value, column) => {
    if (value !== null) expect(Math.abs(value - (means[1][column] ?? NaN))).toBeLessThan(0.35 * Math.abs(value))
  })
})

describe('marks for missing values', () => {
  const folder = '05-marks-for-missing-values'
  const marked = ['NULLp', 'NaNq', 'None_', 'angle', 'blankq', 'dash', 'dot', 'hashna', 'missing', 'mysql', 'na']
  it.each([...marked, 'na_lower', 'negnan', 'nil', 'qnan', 'question2', 'star'])(
    'leave a column of numbers one: %s',
    async (name) => {
      const table = await read(`${folder}/miss_${name}.csv`)
      expect(columnsOf(table)).toEqual(['age integers', 'income integers −1', 'sex categories 2'])
    },
  )

  it('are told, and among many numbers too', async () => {
    const table = await read(`${folder}/poison.csv`)
    expect(columnsOf(table)[1]).toBe('income integers −1')
    expect(sentencesOf(table)).toEqual([
      'In the column “income”, which holds numbers, “None” was taken for missing values (1 row).',
    ])
    expect((await read(`${folder}/miss_angle.csv`)).missingMarks).toEqual(['<NA>'])
  })

  it('are numbers only where a person says so', async () => {
    expect(columnsOf(await read(`${folder}/miss_m999.csv`))[1]).toBe('income integers')
    const chosen = await read(`${folder}/miss_m999.csv`, { missingMarks: ['-999'] })
    expect(columnsOf(chosen)[1]).toBe('income integers −1')
  })
})

describe('columns by what they hold', () => {
  it('are dates, in a unit that fits', async () => {
    const days = await read('06-columns-left-out-without-a-word/dates.csv')
    expect(columnsOf(days)[0]).toBe('date integers dates by day')
    const texts = readFileSync(join(CASES, '06-columns-left-out-without-a-word/dates.csv'), 'utf8').match(
      /^\d{4}-\d\d-\d\d/gm,
    )
    const ownDays = (texts ?? []).map((text) => Date.parse(text) / 86_400_000)
    expect(mean(days, 'date')).toBeCloseTo(ownDays.reduce((a, b) => a + b, 0) / 336, 9)
    expect(columnsOf(await read('18-identifiers-in-small-tables/months.csv'))[0]).toBe('Month integers dates by month')
  })

  it('are labels only where they can be classes, told and given back', async () => {
    const folder = '07-values-taken-for-labels-by-their-name'
    const gems = await read(`${folder}/gems.csv`)
    expect([columnsOf(gems).length, gems.labels]).toEqual([5, null])
    const titanic = await read(`${folder}/titanicR.csv`)
    expect([columnsOf(titanic).length, titanic.labels?.name]).toEqual([3, 'Class'])
    expect(sentencesOf(titanic)).toEqual([
      'The column “Class” of titanicR.csv was taken for the label and is kept apart. To use it as a column, say that none is the label (--no-label).',
    ])
    expect(columnsOf(await read(`${folder}/titanicR.csv`, { label: null }))[0]).toBe('Class categories 4')
    expect((await read(`${folder}/titanicR.csv`, { label: 'Sex' })).labels?.words).toEqual(['Female', 'Male'])
    await expect(read(`${folder}/titanicR.csv`, { label: 'Sexx' })).rejects.toThrow('has no column called Sexx')
  })

  it('count the rows, and are left out and told', async () => {
    const table = await read('18-identifiers-in-small-tables/unnamed.csv')
    expect(columnsOf(table)).toEqual(['mpg numbers', 'cyl integers', 'gear integers'])
    expect(sentencesOf(table)).toEqual([
      'The column “Unnamed: 0” of unnamed.csv counts the rows and was left out. To use it, read it by its size (--numeric "Unnamed: 0").',
    ])
  })

  it('hold an infinite number as one that is missing, wherever it stands', async () => {
    for (const [file, word] of [
      ['inf.csv', 'Infinity'],
      ['inf2.csv', 'inf'],
    ] as const) {
      // prettier-ignore
      const table = await read(`16-infinite-numbers/${file}`)
      expect(columnsOf(table)).toEqual(['flow integers', 'rate numbers −1', 'ok bits'])
      expect(sentencesOf(table)).toEqual([
        `In the column “rate”, which holds numbers, “${word}” was taken for missing values (1 row).`,
      ])
    }
  })
})

describe('what programs write above and beside the rows', () => {
  it.each(['write_table.txt', 'write_table.tsv'])('R: row names without a name: %s', async (file) => {
    const table = await read(`08-table-written-by-R/${file}`)
    expect([table.rows, columnsOf(table)]).toEqual([
      50,
      ['age integers −5', 'sex categories 2', 'smoke categories 2 −5'],
    ])
    expect(sentencesOf(table)).toEqual([
      `The first field of each row of ${file} is the row’s name and was left out. To use it, read it by its values (--categorical "column 1").`,
    ])
  })

  it('Orange: types and roles', async () => {
    const table = await read('10-tab-file-of-Orange/animals.tab')
    expect([table.rows, columnsOf(table)]).toEqual([40, ['hair categories 2', 'legs categories 5', 'weight numbers']])
    expect([table.labels?.name, table.labels?.words.length]).toEqual(['type', 3])
  })

  it('NumPy: names behind the mark of a remark', async () => {
    const table = await read('27-header-written-by-numpy/savetxt_header.csv')
    const names = Array.from({ length: 12 }, (_, i) => `a${i} bits`)
    expect([table.rows, columnsOf(table), table.labels?.name]).toEqual([60, names, 'label'])
    const tabs = await read('27-header-written-by-numpy/header_hash.tsv')
    expect([columnsOf(tabs), labelWords(tabs).length]).toEqual([['a integers', 'b integers'], 40])
  })

  it('Weka: remarks behind anything, declared words in their order, dates', async () => {
    for (const [file, rows] of [
      ['shop.arff', 60],
      ['comment_attr.arff', 30],
      ['comment_data.arff', 30],
    ] as const)
      // prettier-ignore
      expect((await read(`12-remarks-behind-ARFF-lines/${file}`)).rows).toBe(rows)
    const folder = '14-declared-categories-and-dates-in-ARFF'
    const { values } = await read(`${folder}/nominal_order.arff`)
    expect(values.kind === 'columns' && values.columns[0]).toMatchObject({
      kind: 'categories',
      words: Array.from({ length: 24 }, (_, i) => String(i + 1)),
    })
    expect(columnsOf(await read(`${folder}/datecol.arff`))[0]).toBe('d integers dates by day')
  })
})

describe('text in the code pages of Windows', () => {
  const folder = '17-Korean-and-Japanese-code-pages'
  it.each([
    [
      'korean_cp949.csv',
      'Korean (CP949)',
      ['이름 categories 3', '성별 categories 2', '나이 integers', '지역 categories 4'],
    ],
    ['sjis.csv', 'Japanese (Shift-JIS)', ['名前 categories 3', '性別 categories 2', '表 integers']],
  ])('is recognised by what it says, and told: %s', async (file, words, columns) => {
    const table = await read(`${folder}/${file}`)
    expect(columnsOf(table)).toEqual(columns)
    expect(sentencesOf(table)).toEqual([
      `${file} is not UTF-8; its text was read as ${words}. If letters are wrong, name another one (--encoding).`,
    ])
  })

  it('has the syllables that Windows adds to the Korean standard', async () => {
    const { values } = await read(`${folder}/korean_cp949.csv`)
    expect(values.kind === 'columns' && values.columns[3]).toMatchObject({ words: ['서울', '부산', '대구', '똠방'] })
  })

  it('is read in the encoding that a person names', async () => {
    const { values, notes } = await read(`${folder}/korean_cp949.csv`, { encoding: 'windows-1252' })
    expect(values.kind === 'columns' && values.columns[0].name).toBe('ÀÌ¸§')
    expect(notes).toEqual([])
    await expect(read(`${folder}/sjis.csv`, { encoding: 'martian' })).rejects.toThrow(
      'The encoding "martian" is not known.',
    )
  })
})

describe('pictures', () => {
  it('are of the class that all their folders name', async () => {
    const table = await read('23-classes-of-pictures-in-nested-folders/alphabets.zip')
    expect([table.rows, table.labels?.words.length, table.labels?.words[0]]).toEqual([24, 6, 'Balinese/character01'])
  })

  it('may be of any usual format', async () => {
    const folder = '24-pictures-skipped-without-a-word'
    expect((await read(`${folder}/mixed`)).rows).toBe(11)
    const faces = await read(`${folder}/faces`)
    expect([faces.rows, faces.labels?.words]).toEqual([8, ['s1', 's2']])
  })
})

describe('transactions and sparse matrices', () => {
  const folder = '33-transactions'
  it.each([
    ['basket.csv', ['beer', 'bread', 'eggs', 'milk', 'nappies']],
    ['retail.dat', ['0', '10', '20', '30', '40', '50', '60', '70', '80', '90', '100', '110']],
  ])('are a bit for each item: %s', async (file, items) => {
    const table = await read(`${folder}/${file}`)
    expect([table.rows, columnsOf(table)]).toEqual([60, items.map((item) => `${item} bits`)])
    const lines = readFileSync(join(CASES, folder, file), 'utf8')
      .trimEnd()
      .split('\n')
    const ones = lines.reduce((sum, line) => sum + new Set(line.trim().split(/[, ]+/)).size, 0)
    expect(table.values.kind === 'bits' && countOnes(table.values.bits.toBytes())).toBe(ones)
  })

  it.each(['mm.mtx', 'scipy_sparse.npz'])('are what SciPy and the Matrix Market store: %s', async (file) => {
    const table = await read(`${folder}/${file}`)
    if (table.values.kind !== 'bits') throw new Error('no bits')
    const { bits } = table.values
    expect([table.rows, bits.columns, countOnes(bits.toBytes())]).toEqual([60, 12, 265])
  })
})

describe('MATLAB files, of which the examples are mostly columns', () => {
  const folder = '22-matlab-files-read-in-the-wrong-direction'
  // Rows, columns, ones, and the ones of the first three rows, as SciPy reads them.
  it.each([
    ['alphadigs_like.mat', [24, 320, 3078], [144, 118, 121]],
    ['characters.mat', [56, 784, 12964], [229, 236, 225]],
    ['frey_like.mat', [196, 56, 3347], [20, 14, 19]],
    ['news_like.mat', [400, 100, 2020], [10, 4, 5]],
    ['usps_like.mat', [110, 64, 2130], [13, 17, 25]],
  ])('%s', async (file, [rows, columns, ones], first) => {
    const { values } = await read(`${folder}/${file}`)
    if (values.kind !== 'bits') throw new Error('no bits')
    const bytes = values.bits.toBytes()
    expect([values.bits.rows, values.bits.columns, countOnes(bytes)]).toEqual([rows, columns, ones])
    expect(first.map((_, row) => countOnes(bytes.subarray(row * columns, (row + 1) * columns)))).toEqual(first)
  })

  it('have labels, names and parts where these are', async () => {
    const characters = await read(`${folder}/characters.mat`)
    expect(characters.parts.map(({ name, start, end }) => [name, start, end])).toEqual([
      ['train', 0, 40],
      ['test', 40, 56],
    ])
    expect(labelWords(characters).slice(38, 43)).toEqual(['4', '5', '1', '2', '3'])
    const news = await read(`${folder}/news_like.mat`)
    expect([news.labels?.name, labelWords(news).slice(0, 5)]).toEqual(['label', ['1', '2', '3', '4', '1']])
    expect(news.values.kind === 'bits' && news.values.names.slice(0, 2)).toEqual(['w0', 'w1'])
    expect((await read(`${folder}/alphadigs_like.mat`)).picture).toEqual({ width: 16, height: 20 })
  })

  it('say which direction was taken where nothing tells it, and are turned', async () => {
    expect(sentencesOf(await read(`${folder}/frey_like.mat`))).toEqual([
      'Nothing in frey_like.mat tells whether its examples are rows or columns; its 196 columns were taken for them. If its 56 rows are, let them change places (--no-transpose).',
    ])
    const turned = await read(`${folder}/frey_like.mat`, { transpose: false })
    expect([turned.rows, turned.notes]).toEqual([56, []])
  })
})

it('leaves columns of lists out of a whole Parquet file, and says so', async () => {
  const table = await read('28-lists-in-parquet/lists.parquet')
  expect([table.rows, columnsOf(table)]).toEqual([100, []])
  expect(sentencesOf(table)).toEqual(
    ['stringArray', 'intArray', 'doubleArray'].map(
      (name) => `The column “${name}” holds no plain values and was left out.`,
    ),
  )
})

function countOnes(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + byte, 0)
}

it.each<[string, RegExp]>([
  ['32-formats-of-statistics-programs/t.sav', /SPSS/],
  ['32-formats-of-statistics-programs/t.dta', /Stata/],
  ['32-formats-of-statistics-programs/t.rds', /an object of R/],
  ['32-formats-of-statistics-programs/t.RData', /data of R/],
  ['32-formats-of-statistics-programs/t_ascii.rda', /data of R/],
  ['32-formats-of-statistics-programs/t.xpt', /SAS transport/],
  ['32-formats-of-statistics-programs/t.dbf', /dBase/],
  ['29-hints-that-cannot-be-followed/t.html', /web page/],
  ['29-hints-that-cannot-be-followed/t.xml', /XML/],
])('what is not read is named, with a way on: %s', async (file, what) => {
  await expect(read(file)).rejects.toMatchObject({ code: 'unknown-format', message: expect.stringMatching(what) })
  await expect(read(file)).rejects.toMatchObject({ hint: expect.stringMatching(/CSV|csv|Download/) })
})
