import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import type { ReadingChoices } from '../../../src/data/reading-choices'
import { cellOf, type Table } from '../../../src/data/table'
import { zipOf } from '../../fuzz/mutations/zip'
import { readFiles, rowsOfTable, sentencesOf } from './table-values'

const WORKBOOKS = join(import.meta.dirname, '..', '..', 'fixtures', 'readers', 'workbooks')

function read(name: string, choices: ReadingChoices = {}): Promise<Table> {
  return readTable(join(WORKBOOKS, name), { choices })
}

function columns({ values }: Table): string[] {
  return values.kind === 'columns' ? values.columns.map(({ name, kind }) => `${name} ${kind}`) : []
}

/** A workbook of one sheet with these rows, of XML. */
function workbook(rows: string): Uint8Array {
  const files = unzipSync(new Uint8Array(readFileSync(join(WORKBOOKS, 'formulas.xlsx'))))
  const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`
  return zipSync({ ...files, 'xl/worksheets/sheet1.xml': strToU8(sheet) })
}

describe('a workbook', () => {
  it.each(['plain.xlsx', 'plain.ods', 'plain.xls', 'mac.xlsx'])('has the kinds of its cells: %s', async (name) => {
    const table = await read(name)
    expect(columns(table)).toEqual(['amount numbers', 'count integers', 'colour categories', 'day integers', 'ok bits'])
    const [, , colour, day] = table.values.kind === 'columns' ? table.values.columns : []
    expect(colour?.kind === 'categories' && [...colour.words].sort()).toEqual(['green, dark', 'red', 'the "blue"'])
    expect(day).toMatchObject({ dates: { unit: 'day' } })
    expect(sentencesOf(table)).toEqual([])
  })

  it('is read below its title, with the names of two rows, and the value of merged cells in each row', async () => {
    const table = await read('report.xlsx')
    expect(columns(table)).toEqual([
      'person categories',
      'height left integers',
      'height right integers',
      'weight before integers',
      'weight after integers',
    ])
    expect(sentencesOf(table)).toEqual([
      'report.xlsx has 2 sheets (About, Measured); Measured was read. To read another, name it (--sheet).',
      'The names of the columns of report.xlsx stand in 2 rows and were joined. If only the first of them holds names, say so (--header).',
      '6 cells of report.xlsx reach over several places; each of them was given the value.',
      'The first line of report.xlsx stands above the table and was not read. If something there is data, say that it is read (--skip 0).',
    ])
  })

  it('is read from the sheet that a person names, or counts', async () => {
    for (const sheet of ['Measured', '2'])
      expect(await read('report.xlsx', { sheet })).toMatchObject({ rows: 12, sheets: ['About', 'Measured'] })
    await expect(read('report.xlsx', { sheet: '1' })).rejects.toThrow('The sheet 1 of report.xlsx holds no values.')
    await expect(read('report.xlsx', { sheet: 'Measures' })).rejects.toMatchObject({
      code: 'invalid-settings',
      message: 'report.xlsx has no sheet called Measures.',
      hint: 'Its sheets are Measured and About.',
    })
  })

  it('counts the rows to skip as the sheet does', async () => {
    const table = await read('report.xlsx', { skip: 5, header: false })
    expect([table.rows, rowsOfTable(table)[0].length]).toEqual([12, 5])
  })

  it('is never computed: formulas without a value are missing, and told', async () => {
    const table = await read('formulas.xlsx')
    expect(table.rows).toBe(6)
    expect(sentencesOf(table)).toContain(
      '4 formulas in formulas.xlsx have no value in the file and are missing; open and save it in a spreadsheet program, which computes them.',
    )
  })

  it('keeps codes as text, errors as missing values, and times of the day', async () => {
    const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`
    const row = (code: string, i: number): string =>
      `<row>${cell(code)}<c><v>${i}.5</v></c><c t="${i === 2 ? 'e' : 'n'}"><v>${i === 2 ? '#DIV/0!' : i}</v></c></row>`
    const bytes = workbook(
      `<row>${cell('code')}${cell('size')}${cell('share')}</row>${['00501', '01001', '94103'].map(row).join('')}`,
    )
    const table = await readFiles({ 'codes.xlsx': bytes })
    expect(columns(table)).toEqual(['code categories', 'size numbers', 'share bits'])
    const share = table.values.kind === 'columns' ? table.values.columns[2] : null
    expect(share && cellOf(share, 2)).toBeNull()
  })
})

describe('a workbook that means harm', () => {
  it('is refused where it unpacks to more than memory holds', async () => {
    const name = new TextEncoder().encode('xl/workbook.xml')
    const bomb = zipOf([{ name, content: new Uint8Array(449 * 1024 * 1024), isDeflated: true }])
    await expect(readFiles({ 'bomb.xlsx': bomb })).rejects.toMatchObject({
      code: 'too-large',
      hint: 'Save the sheet as CSV, which may be of any length.',
    })
  })

  it('is refused where a merged cell reaches without end', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `<row r="${i + 1}"><c r="B${i + 1}"><v>${i}</v></c></row>`).join(
      '',
    )
    const merge = '</sheetData><mergeCells><mergeCell ref="B1:XFD1048576"/></mergeCells><sheetData>'
    const far = workbook(`${rows.replace('</row>', '<c r="C1"><v>1</v></c></row>')}${merge}`)
    await expect(readFiles({ 'far.xlsx': far })).rejects.toMatchObject({ code: 'too-large' })
  })

  it.each([['word.doc', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array<number>(600).fill(0)]]])(
    'or is none, is refused in words: %s',
    async (name, bytes) => {
      await expect(readFiles({ [name]: Uint8Array.from(bytes) })).rejects.toMatchObject({ code: 'damaged-file' })
    },
  )

  it('leaves a reading that is cancelled at once', async () => {
    const bytes = readFileSync(join(WORKBOOKS, 'plain.xlsx'))
    await expect(readFiles({ 'plain.xlsx': bytes }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
