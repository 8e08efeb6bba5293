import { execFileSync } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { inOneLine } from '../../../src/words/one-line'
import { readTable } from '../../../src/data/readers/read-table'
import { temporaryFolder } from '../../training/small-run'
import { labelWords, partRows, readFiles, rowsOfTable, sentencesOf } from './table-values'

/** A field as RFC 4180 writes it. */
function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`
}

const word = fc.stringMatching(/^[a-z][a-z ,;"\n\té]{0,8}[a-z]$/)
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -300, max: 70_000 }).map(String) },
  { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }).map(String) },
  { weight: 1, arbitrary: fc.constant('?') },
  { weight: 1, arbitrary: word },
)

describe('a table of text', () => {
  it('gives back every number, word and gap that was written, whatever the column held before', async () => {
    const tables = fc
      .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 40 }))
      .chain(([columns, rows]) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      )
    await fc.assert(
      fc.asyncProperty(tables, async (cells) => {
        const header = cells[0].map((_, i) => `name${i}`)
        const text = [header, ...cells].map((row) => row.map(quoted).join(',')).join('\n')
        const { values, notes } = await readFiles({ 'x.csv': `${text}\n` }, { choices: { header: true } })
        const read = cells.map((row, r) =>
          row.map((_, c) => {
            if (values.kind === 'bits') return String(values.bits.get(r, c))
            if (values.kind === 'grey') throw new Error('greys')
            const column = values.columns[c]
            if (column.missing && (column.missing[r >>> 5] >>> (r & 31)) & 1) return '?'
            if (column.kind === 'bits') return String((column.words[r >>> 5] >>> (r & 31)) & 1)
            if (column.kind === 'integers' || column.kind === 'numbers') return String(column.values[r])
            return column.kind === 'categories' ? column.words[column.codes[r]] : 'text'
          }),
        )
        const canonical = (field: string): string => (/^[-+.\d]/.test(field) ? String(Number(field) + 0) : field)
        const written = cells.map((row) => row.map(canonical))
        // A word or two between numbers are missing values, and told.
        const isTold = (word: string, c: number): boolean =>
          sentencesOf({ notes }).some(
            (note) =>
              note.startsWith(`In the column “name${c}”, which holds numbers, `) && note.includes(inOneLine(word)),
          )
        read.forEach((row, r) =>
          row.forEach((value, c) => {
            const field = written[r][c]
            if (value === '?' && field !== '?') expect([field, isTold(field, c)]).toEqual([field, true])
            else expect(value).toBe(field)
          }),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('is the same wherever the blocks that it is read in end', async () => {
    // Rows of lengths that no block is a multiple of, over several blocks of 256 KiB.
    const rows = Array.from(
      { length: 30_000 },
      (_, r) => [r % 2, (r * 7919) % 100_003, r % 3 === 0 ? `w${r % 11}` : 'two\nlines'] as const,
    )
    const text = rows.map(([a, b, c]) => `${a},${b},"${c}"\r\n`).join('')
    const table = await readFiles({ 'x.csv': text })
    expect(table.rows).toBe(rows.length)
    const read = rowsOfTable(table)
    const words =
      table.values.kind === 'columns' && table.values.columns[2].kind === 'categories'
        ? table.values.columns[2].words
        : []
    expect(read.map(([a, b, c]) => [a, b, words[c]])).toEqual(rows.map((row) => [...row]))
  })

  it.each<[string, string, string[]]>([
    ['names over numbers', 'a,b\n1,2\n3,4\n', ['a', 'b']],
    ['numbers alone', '1,2\n3,4\n', ['column 1', 'column 2']],
    ['words alone', 'p,x\ne,x\np,y\n', ['column 1', 'column 2']],
    ['names over words', 'cap,odour\np,x\np,x\ne,y\n', ['cap', 'odour']],
    ['counted names', '0,1,2,3,4\n1,1,0,1,0\n0,0,0,1,1\n', ['0', '1', '2', '3', '4']],
    ['row numbers without a name', ',a,b\n0,1,0\n1,0,1\n', ['a', 'b']],
    [
      'the first remark of adult.test',
      '|1x3 Cross validator\n25, Private\n38, State\n38, State\n',
      ['column 1', 'column 2'],
    ],
  ])('knows %s', async (_what, text, names) => {
    const { values } = await readFiles({ 'x.csv': text })
    expect(
      values.kind === 'columns' ? values.columns.map(({ name }) => name) : values.kind === 'bits' ? values.names : [],
    ).toEqual(names)
  })

  it.each<[string, string, number[][]]>([
    [
      'between semicolons',
      'x;y\n3,14;1\n-0,5;20\n',
      [
        [3.14, 1],
        [-0.5, 20],
      ],
    ],
    [
      'between tabs',
      '3,14\t1,5\n,5\t1e2\n',
      [
        [3.14, 1.5],
        [0.5, 100],
      ],
    ],
    [
      'between blanks',
      '3,14 1,5\n0,5  2,25\n',
      [
        [3.14, 1.5],
        [0.5, 2.25],
      ],
    ],
    [
      'in quotes between commas',
      '"3,14","1"\n"0,5","2"\n',
      [
        [3.14, 1],
        [0.5, 2],
      ],
    ],
    [
      'with points between thousands',
      '1.234,5;2.000\n0,5;17\n',
      [
        [1234.5, 2000],
        [0.5, 17],
      ],
    ],
  ])('reads numbers with a decimal comma and says so: %s', async (_what, text, rows) => {
    const table = await readFiles({ 'x.csv': text })
    expect(rowsOfTable(table)).toEqual(rows)
    expect(sentencesOf(table)).toEqual([
      expect.stringMatching(/^Numbers in x\.csv have a decimal comma: [\d.]*,\d+ was read as [\d.]+\.$/),
    ])
  })

  it('takes a comma for a decimal one only where it can be nothing else', async () => {
    expect(rowsOfTable(await readFiles({ 'x.csv': '1,0;0,1\n1,1;0,0\n'.replaceAll(';', ',') }))).toEqual([
      [1, 0, 0, 1],
      [1, 1, 0, 0],
    ])
    const lists = await readFiles({ 'x.csv': 'id;list\n0.5;1,2\n1.5;3,4\n' })
    expect(lists.values).toMatchObject({ columns: [{ kind: 'numbers' }, { words: ['1,2', '3,4'] }] })
    const thousands = await readFiles({ 'x.csv': '"1,234",5\n"2,345",6\n' })
    expect(rowsOfTable(thousands)).toEqual([
      [1234, 5],
      [2345, 6],
    ])
    expect(sentencesOf(thousands)).toEqual([expect.stringContaining('were read as numbers: 1,234 as 1234')])
  })

  it('has the letters of its header in any encoding', async () => {
    const names = ['größe', '日本', 'naïve']
    const text = `${names.join(',')}\n0,1,2\n5,4,3\n`
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    for (const file of [text, `\ufeff${text}`, utf16, Uint8Array.from(utf16, (_, i) => utf16[i ^ 1])])
      expect((await readFiles({ 'x.csv': file })).values).toMatchObject({
        columns: names.map((name) => ({ name, kind: 'integers' })),
      })
    const old = await readFiles({ 'x.csv': Buffer.from('größe,b\n3,4\n', 'latin1') })
    expect(old.values).toMatchObject({ columns: [{ name: 'größe' }, { name: 'b' }] })
    expect(sentencesOf(old)).toEqual([
      'x.csv is not UTF-8; its text was read as Western European (Windows-1252). If letters are wrong, name another one (--encoding).',
    ])
  })

  it('has names above its numbers, though some be alike or missing', async () => {
    const { values } = await readFiles({ 'x.csv': 'a,a,,b\n0,1,2,3\n4,5,6,7\n' })
    expect(values).toMatchObject({ columns: ['a', 'a', 'column 3', 'b'].map((name) => ({ name, kind: 'integers' })) })
    const words = await readFiles({ 'x.csv': 'x,s,s\ny,s,t\n' })
    expect(words.rows).toBe(2)
  })

  it('takes 0,516 for a number: no thousands begin with 0', async () => {
    const { values } = await readFiles({ 'x.csv': 'a,b\n"0,516",1\n"1,250",2\n' })
    expect(values).toMatchObject({
      columns: [{ kind: 'numbers', values: Float64Array.of(0.516, 1.25) }, { kind: 'integers' }],
    })
  })

  it('keeps labels apart: a column called so, and the first of 785', async () => {
    const named = await readFiles({ 'x.csv': 'a,label,b\n1,yes,0\n0,no,1\n' })
    expect([labelWords(named), rowsOfTable(named)]).toEqual([['yes', 'no'], [[1, 0], [0, 1]]]) // prettier-ignore
    const digits = await readFiles({ 'x.csv': [7, 2].map((digit) => `${digit}${',0'.repeat(784)}\n`).join('') })
    expect(labelWords(digits)).toEqual(['7', '2'])
    expect(digits.picture).toEqual({ width: 28, height: 28 })
  })

  it('takes the label that is chosen where columns have no names, by what it was called before', async () => {
    const few = { 'x.csv': '5,7,1\n6,8,0\n4,9,1\n' }
    const chosen = await readFiles(few, { choices: { label: 'column 3' } })
    expect([chosen.labels?.name, labelWords(chosen)]).toEqual(['column 3', ['1', '0', '1']])
    const digits = { 'x.csv': [7, 2].map((digit) => `${digit}${',0'.repeat(784)}\n`).join('') }
    for (const label of ['label', 'column 1'])
      expect(labelWords(await readFiles(digits, { choices: { label } }))).toEqual(['7', '2'])
  })

  it('knows pictures by the names of their columns', async () => {
    const table = await readFiles({ 'x.csv': 'label,pixel0,pixel1,pixel2,pixel3\n1,0,255,3,4\n' })
    expect([table.picture, labelWords(table)]).toEqual([{ width: 2, height: 2 }, ['1']])
  })

  it('stores text of too many kinds as no more than that', async () => {
    const { values } = await readFiles({
      'x.csv': Array.from({ length: 70_000 }, (_, i) => `name${i},${i % 2}\n`).join(''),
    })
    expect(values).toMatchObject({ kind: 'columns', columns: [{ kind: 'text' }, { kind: 'bits' }] })
  })
})

describe('the files of a set', () => {
  const rows = { train: '1,0\n0,1\n', valid: '1,1\n', test: '0,0\n0,0\n1,1\n' }

  it.each<[string, [string, string, string]]>([
    ['adult', ['adult.train.data', 'adult.valid.data', 'adult.test.data']],
    ['binarized_mnist', ['binarized_mnist_train.amat', 'binarized_mnist_valid.amat', 'binarized_mnist_test.amat']],
    ['bits', ['bits-training.csv', 'bits-val.csv', 'bits-test.csv.gz']],
  ])('are read together whichever is opened: %s', async (name, [train, valid, test]) => {
    const { gzipSync } = await import('node:zlib')
    const bytesOf = (file: string, text: string): Uint8Array =>
      file.endsWith('.gz') ? gzipSync(text) : new TextEncoder().encode(text)
    const files = {
      [train]: bytesOf(train, rows.train),
      [valid]: bytesOf(valid, rows.valid),
      [test]: bytesOf(test, rows.test),
    }
    for (const first of [train, valid, test]) {
      const table = await readFiles({ [first]: files[first], ...files, 'unrelated.csv': '1,2,3\n' })
      expect([table.name, partRows(table)]).toEqual([name, { train: 2, valid: 1, test: 3 }])
      expect(rowsOfTable(table)).toEqual([[1, 0], [0, 1], [1, 1], [0, 0], [0, 0], [1, 1]]) // prettier-ignore
    }
  })

  it('are a file and its .test, .t or the like, too', async () => {
    expect(
      partRows(await readFiles({ 'adult.data': rows.train, 'adult.test': rows.test, 'adult.names': 'about' })),
    ).toEqual({ train: 2, test: 3 })
    const svm = { a5a: '+1 1:1\n', 'a5a.t': '-1 2:1\n+1 1:1\n' }
    expect(partRows(await readFiles(svm))).toEqual({ train: 1, test: 2 })
    const dna = { 'dna.t': '1 2:1\n', dna: '1 1:1\n1 1:1\n', 'dna.tr': '1 1:1\n', 'dna.val': '2 1:1\n' }
    expect(partRows(await readFiles(dna))).toEqual({ train: 1, valid: 1, test: 1 })
  })

  it('have the same words, though each line of one ends with a full stop, as in adult.test', async () => {
    const adult = {
      'adult.data': '39, State-gov, <=50K\n50, ?, >50K\n',
      'adult.test': '|1x3 Cross validator\n25, Private, <=50K.\n38, State-gov, >50K.\n',
    }
    const table = await readFiles(adult)
    expect([table.values, partRows(table)]).toMatchObject([
      { columns: [{}, {}, { words: ['<=50K', '>50K'] }] },
      { train: 2, test: 2 },
    ])
    expect(sentencesOf(table)).toEqual([
      'The first line of adult.test stands above the table and was not read. If something there is data, say that it is read (--skip 0).',
      'The full stop at the end of each line of adult.test was left out.',
    ])
    for (const text of ['a,no.\nb,yes\n', 'a,It is.\nb,It was.\n', 'a,1.\nb,2.\n', 'a.,b\nc.,d\n'])
      expect((await readFiles({ 'x.csv': text })).notes).toEqual([])
  })

  it('must be alike, or the one that is opened is read alone', async () => {
    const files = { 'x.train.csv': '1,0\n', 'x.test.csv': '1,0,1\n0,0,1\n' }
    const [train, test] = [
      await readFiles(files),
      await readFiles({ 'x.test.csv': files['x.test.csv'], 'x.train.csv': files['x.train.csv'] }),
    ]
    const sentence = 'The file x.test.csv has 3 columns where the one read before it has 2.'
    expect([train.name, partRows(train), sentencesOf(train)]).toEqual([
      'x.train.csv',
      { all: 1 },
      [`x.train.csv was read alone. ${sentence}`],
    ])
    expect([test.name, partRows(test), sentencesOf(test)]).toEqual([
      'x.test.csv',
      { all: 2 },
      [`x.test.csv was read alone. ${sentence}`],
    ])
    const arff = (names: string): string =>
      `@relation r\n${names
        .split('')
        .map((name) => `@attribute ${name} real\n`)
        .join('')}@data\n${names
        .split('')
        .map(() => 1)
        .join(',')}\n`
    for (const other of ['a', 'abc'])
      expect((await readFiles({ 'x.train.arff': arff('ab'), 'x.test.arff': arff(other) })).notes).toHaveLength(1)
    const other = await readFiles({
      'x.train.csv': '1,0\n',
      'x.test.csv': new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 9, 9]),
    })
    expect([partRows(other), sentencesOf(other)]).toEqual([
      { all: 1 },
      ['The file x.test.csv is in another format and was left out.'],
    ])
  })

  it('are found in the folders of a zip file, and in the one folder that a folder holds', async () => {
    const [train, test] = ['1,0\n0,1\n', '0,0\n0,0\n1,1\n'].map((text) => new TextEncoder().encode(text))
    const parts = { train: 2, test: 3 }
    const zips = [
      { 'x/': new Uint8Array(), 'x/train.csv': train, 'x/test.csv': test },
      { 'train/x.csv': train, 'test/x.csv': test },
      { 'raw/x_train.csv': train, 'raw/x_test.csv': test },
    ]
    for (const files of zips) expect(partRows(await readFiles({ 'x.zip': zipSync(files) }))).toEqual(parts)
    const inFolder = await readFiles({
      '.': '',
      'bits/raw/train.csv': train,
      'bits/raw/test.csv': test,
      'README.md': 'about',
    })
    expect([inFolder.name, partRows(inFolder)]).toEqual(['bits', parts])
    const [images, labels] = [
      Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 9, 8, 7, 6),
      Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 0),
    ]
    const idx = await readFiles({
      'mnist.zip': zipSync({ 'raw/train-images-idx3-ubyte': images, 'raw/train-labels-idx1-ubyte': labels }),
    })
    expect([rowsOfTable(idx), labelWords(idx)]).toEqual([[[9, 8], [7, 6]], ['1', '0']]) // prettier-ignore
  })

  it.skipIf(process.platform === 'win32')(
    'are files: a pipe and a link to nowhere that are called like parts are not',
    async () => {
      const folder = await temporaryFolder()
      await writeFile(join(folder, 'x.train.csv'), rows.train)
      execFileSync('mkfifo', [join(folder, 'x.test.csv')])
      await symlink(join(folder, 'nowhere'), join(folder, 'x.valid.csv'))
      expect(partRows(await readTable(join(folder, 'x.train.csv')))).toEqual({ all: 2 })
    },
  )

  it('is a file alone where there is no other', async () => {
    expect(partRows(await readFiles({ 'x.train.csv': rows.train, 'y.test.csv': rows.test }))).toEqual({ all: 2 })
  })
})
