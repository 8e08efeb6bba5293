import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { Column } from '../../../src/data/table'
import { readFiles, sentencesOf } from './table-values'

/** A table with these names and words, in an encoding. */
const written = (encoding: string, names: readonly string[], words: readonly string[]): Buffer =>
  iconv.encode(
    `${names.join(',')}\r\n${Array.from({ length: 30 }, (_, i) => `${words[i % words.length]},${i}`).join('\r\n')}\r\n`,
    encoding,
  )

describe('text that is not UTF-8', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['windows-1254', ['şehir', 'yaş'], ['İstanbul', 'Eskişehir', 'Muğla']],
    ['windows-1255', ['עיר', 'גיל'], ['תל אביב', 'חיפה']],
    ['windows-1256', ['مدينة', 'عمر'], ['القاهرة', 'بغداد']],
    ['windows-874', ['เมือง', 'อายุ'], ['กรุงเทพ', 'เชียงใหม่']],
    ['windows-1253', ['πόλη', 'ηλικία'], ['Αθήνα', 'Πάτρα']],
    ['koi8-r', ['город', 'возраст'], ['Москва', 'Казань']],
    ['windows-1251', ['город', 'возраст'], ['Москва', 'Казань']],
    ['windows-1252', ['Stadt', 'Größe'], ['Köln', 'München']],
    ['windows-1252', ['staður', 'aldur'], ['Reykjavík', 'Þórshöfn']],
    ['cp850', ['Stadt', 'Größe'], ['Köln', 'München']],
    ['shift_jis', ['ｶﾅ', '年齢'], ['ﾄｳｷｮｳ', 'ｵｵｻｶ']],
    ['cp949', ['지역', '나이'], ['서울', '부산']],
  ])('is read in the encoding that it is in: %s', async (encoding, names, words) => {
    const table = await readFiles({ 'x.csv': written(encoding, names, words) })
    const columns: readonly Column[] = table.values.kind === 'columns' ? table.values.columns : []
    expect(columns.map(({ name }) => name)).toEqual(names)
    expect(columns[0]).toMatchObject({ kind: 'categories', words })
    expect(sentencesOf(table).join(' ')).toMatch(/is not UTF-8; .* name another one \(--encoding\)/)
  })

  it('may be JSON', async () => {
    const json = JSON.stringify(Array.from({ length: 20 }, (_, i) => ({ 지역: ['서울', '부산'][i % 2], 값: i })))
    const table = await readFiles({ 'x.json': iconv.encode(json, 'cp949') })
    expect(table.values).toMatchObject({ columns: [{ name: '지역', words: ['서울', '부산'] }, { name: '값' }] })
    expect(sentencesOf(table).join(' ')).toContain('Korean (CP949)')
  })
})

it('keeps the last byte of a letter that is a blank of its own elsewhere', async () => {
  const table = await readFiles({ 'x.csv': 'città,già\n1,2\n3,4\n' })
  expect(table.values).toMatchObject({ columns: [{ name: 'città' }, { name: 'già' }] })
  expect(sentencesOf(table)).toEqual([])
})

it('reads what Python writes for numbers that JSON has none for, as missing', async () => {
  const rows = Array.from(
    { length: 20 },
    (_, i) => `{"a": ${i === 3 ? 'NaN' : i === 4 ? '-Infinity' : i}, "b": "NaN is no number"}`,
  )
  const table = await readFiles({ 'x.json': `[${rows.join(', ')}]` })
  expect(table.values).toMatchObject({ columns: [{ name: 'a', missing: new Uint32Array([0b11000]) }, {}] })
})

it.each<[string, string | Uint8Array, RegExp]>([
  ['x.ipynb', '{"cells": [{"cell_type": "code"}], "nbformat": 4}', /is a notebook of Jupyter/],
  ['x.por', 'ASCII SPSS PORT FILE                    '.repeat(10), /is an SPSS file/],
  ['x.csv', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), /is text in UTF-32/],
])('refuses %s for what it is', async (name, content, says) => {
  await expect(readFiles({ [name]: content })).rejects.toThrow(says)
})

it('leaves out what counts the rows in any language and at any place, and tells it', async () => {
  const rows = Array.from({ length: 25 }, (_, i) => `${'ab'[i % 2]},${(7 * i) % 11},${1000 + i}`)
  const last = await readFiles({ 'x.csv': `g,v,customer_id\n${rows.join('\n')}\n` })
  expect(last.leftOut?.map(({ name }) => name)).toEqual(['customer_id'])
  const years = await readFiles({ 'x.csv': `g,v,year\n${rows.join('\n')}\n` })
  expect(years.leftOut ?? []).toEqual([])
  const korean = await readFiles({ 'x.csv': '번호,반\n1,a\n2,b\n3,a\n' })
  expect(korean.leftOut?.map(({ name }) => name)).toEqual(['번호'])
})
