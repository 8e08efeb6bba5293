import { describe, expect, it } from 'vitest'
import type { ReadingChoices } from '../../../src/data/reading-choices'
import { readFiles, rowsOfTable, sentencesOf } from './table-values'

/** A table of a few rows whose first column is written so. */
const table = (values: readonly string[], separator = ';'): string =>
  `x${separator}g\n${values.map((value, i) => `${value}${separator}${'ab'[i % 2]}`).join('\n')}\n`

describe('numbers with more than digits', () => {
  it.each<[string, readonly string[], readonly number[]]>([
    ['percent', ['12.5%', '3%', '0%'], [12.5, 3, 0]],
    ['a currency and thousands', ['$1,234.50', '$99', '-$5.25'], [1234.5, 99, -5.25]],
    ['won', ['₩12,000', '₩3,500,000', '￦900'], [12000, 3500000, 900]],
    ['euros', ['1.234,50 €', '12,00 €', '7 €'], [1234.5, 12, 7]],
    ['a code of a currency', ['USD 5', 'USD 1,000', 'USD 7.5'], [5, 1000, 7.5]],
    ['a unit', ['70.5 kg', '81 kg', '64.2 kg'], [70.5, 81, 64.2]],
    ['a unit that has a plural', ['1 day', '2 days', '30 days'], [1, 2, 30]],
    ['Korean units', ['25세', '31세', '40세'], [25, 31, 40]],
    ['thousands by commas', ['1,234', '987', '1,234,567'], [1234, 987, 1234567]],
    ['thousands by narrow blanks', ['1\u202f234,5', '12\u202f000,0', '7,5'], [1234.5, 12000, 7.5]],
    ['thousands by apostrophes', ["1'234", '12’000', '7'], [1234, 12000, 7]],
    ['a minus sign', ['−3', '4', '−15'], [-3, 4, -15]],
    ['the brackets of accountants', ['(3)', '4', '(1,500)'], [-3, 4, -1500]],
    ['digits of full width', ['４７', '５', '１２'], [47, 5, 12]],
  ])('are numbers, and told: %s', async (_what, written, numbers) => {
    const read = await readFiles({ 'x.csv': table(written) })
    expect(rowsOfTable(read).map(([x]) => x)).toEqual(numbers)
    expect(sentencesOf(read).join(' ')).toMatch(
      /column “x” were read as numbers|Numbers in x\.csv have a decimal comma/,
    )
  })

  it.each<[string, readonly string[]]>([
    ['codes with zeros ahead', ['007 a', '012 a', '100 a']],
    ['different units', ['1 kg', '2 m', '3 s']],
    ['ranges', ['18-24', '25-34', '35-44']],
    ['names with numbers', ['A1', 'A2', 'A3']],
    ['versions', ['1.2.3', '1.2.4', '2.0.1']],
    ['telephones', ['010 123 456', '010 234 567', '010 345 678']],
    ['hexadecimal', ['7a', 'ff', '1e']],
  ])('are words where they are no amounts: %s', async (_what, written) => {
    const read = await readFiles({ 'x.csv': table(written, ',') })
    expect(read.values).toMatchObject({ columns: [{ name: 'x', kind: 'categories' }, {}] })
  })

  it('keep what is none as missing, and tell it', async () => {
    const many = Array.from({ length: 20 }, (_, i) => (i === 7 ? 'free' : `$${i + 1}`))
    const read = await readFiles({ 'x.csv': table(many) })
    expect(read.values).toMatchObject({ columns: [{ kind: 'integers', missing: new Uint32Array([1 << 7]) }, {}] })
    expect(sentencesOf(read).join(' ')).toContain('“free” was taken for missing values (1 row)')
  })

  it('are words where a person says so, and a comma is the decimal mark where a person says so', async () => {
    const read = (choices: ReadingChoices): Promise<unknown> =>
      readFiles({ 'x.csv': table(['$1,234', '$5,678', '$9,000']) }, { choices }).then(({ values }) => values)
    expect(await read({ words: ['x'] })).toMatchObject({ columns: [{ words: ['$1,234', '$5,678', '$9,000'] }, {}] })
    expect(await read({ decimal: ',' })).toMatchObject({
      columns: [{ values: new Float64Array([1.234, 5.678, 9]) }, {}],
    })
  })
})

describe('what a person says to be numbers', () => {
  const codes = ['007', '012', '100', '0x1F']
  const files: Readonly<Record<string, string>> = {
    'x.csv': table(codes),
    'x.json': JSON.stringify(codes.map((x, i) => ({ x, g: 'ab'[i % 2] }))),
    'x.arff': `@relation r\n@attribute x string\n@attribute g {a,b}\n@data\n${codes.map((x, i) => `${x},${'ab'[i % 2]}`).join('\n')}\n`,
  }

  it.each(Object.keys(files))('are the numbers that codes are written with, and nothing else: %s', async (name) => {
    const guessed = await readFiles({ [name]: files[name] })
    expect(guessed.values).toMatchObject({ columns: [{ kind: 'categories' }, {}] })
    const read = await readFiles({ [name]: files[name] }, { choices: { numbers: ['x'] } })
    expect(rowsOfTable(read).map(([x]) => x)).toEqual([7, 12, 100, NaN])
  })

  it('are so where the file declares it', async () => {
    const read = await readFiles({ 'x.arff': files['x.arff'].replace('x string', 'x numeric').replace('0x1F', '3') })
    expect(rowsOfTable(read).map(([x]) => x)).toEqual([7, 12, 100, 3])
  })

  it('have a decimal comma, with an example that is there', async () => {
    const told = async (values: readonly string[]): Promise<string> =>
      sentencesOf(await readFiles({ 'x.csv': table(values) }, { choices: { decimal: ',' } })).join(' ')
    expect(await told(['4.100', '5', '7'])).toContain('4.100 was read as 4100')
    expect(await told(['4', '5', '7'])).not.toContain('decimal comma')
  })
})
