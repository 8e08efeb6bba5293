import { describe, expect, it } from 'vitest'
import { dateFormatOf, dateNumber, doubtfulDate, unitOf, writtenDateNumber } from '../../src/data/dates'
import { readFiles, sentencesOf } from './readers/table-values'

/** Texts as they are written in the form of ISO 8601, by the format that they are found to be in. */
function iso(texts: readonly string[]): (string | null)[] {
  const format = dateFormatOf(texts)
  if (format === null) return texts.map(() => null)
  return texts.map((text) => {
    const number = dateNumber(text, format)
    return number === null ? null : writtenDateNumber(number, format)
  })
}

describe('dates', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['Korean', ['2021년 1월 3일', '2021년 12월 25일'], ['2021-01-03', '2021-12-25']],
    ['Korean with points', ['2021. 1. 3.', '2021. 12. 25.'], ['2021-01-03', '2021-12-25']],
    ['Korean months', ['2021년 1월', '2021년 12월'], ['2021-01', '2021-12']],
    [
      'Korean halves of days',
      ['2021-01-03 오후 2:05', '2021-01-03 오전 12:30'],
      ['2021-01-03 14:05', '2021-01-03 00:30'],
    ],
    ['Korean hours', ['2021년 1월 3일 14시 5분', '2021년 1월 4일 9시 30분'], ['2021-01-03 14:05', '2021-01-04 09:30']],
    ['days of the week', ['2021-01-03(일)', '2021-01-04(월)'], ['2021-01-03', '2021-01-04']],
    ['Japanese', ['2021年1月3日', '2021年12月25日'], ['2021-01-03', '2021-12-25']],
    ['German', ['3. Januar 2021', '5. März 2021', '1. Mai 2021'], ['2021-01-03', '2021-03-05', '2021-05-01']],
    ['Spanish', ['3 de enero de 2021', '9 de agosto de 2021'], ['2021-01-03', '2021-08-09']],
    ['French', ['1er janvier 2021', '14 août 2021'], ['2021-01-01', '2021-08-14']],
    ['of Stata', ['03jan2021', '25dec2021'], ['2021-01-03', '2021-12-25']],
    ['of SAS', ['03JAN2021:14:05:09', '04JAN2021:00:00:00'], ['2021-01-03 14:05:09', '2021-01-04 00:00:00']],
    [
      'of Apache',
      ['03/Jan/2021:14:05:09 +0000', '04/Jan/2021:00:00:01 +0000'],
      ['2021-01-03 14:05:09', '2021-01-04 00:00:01'],
    ],
    ['of C', ['Sun Jan  3 14:05:09 2021', 'Mon Jan  4 00:00:01 2021'], ['2021-01-03 14:05:09', '2021-01-04 00:00:01']],
    ['of mails', ['Sun, 03 Jan 2021 14:05:09 GMT'], ['2021-01-03 14:05:09']],
    ['without anything between', ['20210103140509', '20210104000001'], ['2021-01-03 14:05:09', '2021-01-04 00:00:01']],
    ['weeks', ['2021-W01', '2020-W53'], ['2021-01-04', '2020-12-28']],
    ['months with short years', ['Jan-21', 'Dec-98'], ['2021-01', '1998-12']],
    ['of two forms', ['2021-01-03', '03.01.2021', '5 Jan 2021'], ['2021-01-03', '2021-01-03', '2021-01-05']],
    [
      'of each month, the month first',
      ['1/1/2021', '2/1/2021', '3/1/2021'],
      ['2021-01-01', '2021-02-01', '2021-03-01'],
    ],
  ])('are read by the calendar: %s', (_what, texts, expected) => {
    expect(iso(texts)).toEqual(expected)
  })

  it('are no dates: numbers, serial numbers of years, words', () => {
    const numbers = Array.from({ length: 20 }, (_, i) => (i === 3 ? '1234.75' : `${1900 + 7 * i}.${i % 9}`))
    for (const texts of [numbers, ['2021-001', '2021-002'], ['12', '13'], ['may', 'june'], ['3/4', '5/6']])
      expect(dateFormatOf(texts)).toBeNull()
  })

  it('may be doubtful, until a person says which comes first', () => {
    const texts = ['3/4/2021', '5/6/2021']
    const format = dateFormatOf(texts)
    expect(format && doubtfulDate(texts, format)).toBe('3/4/2021')
    expect(iso(texts)).toEqual(['2021-04-03', '2021-06-05'])
    const monthFirst = dateFormatOf(texts, false)
    expect(monthFirst && dateNumber('3/4/2021', monthFirst)).toBe(Date.UTC(2021, 2, 4) / 1000)
    const certain = dateFormatOf([...texts, '25/12/2021'])
    expect(certain && doubtfulDate([...texts, '25/12/2021'], certain)).toBeNull()
  })

  it('are known by nearly all of a column, and the others are missing, which is told', async () => {
    const rows = Array.from({ length: 20 }, (_, i) =>
      i === 4 ? '2021-02-31' : `2021-03-${String(i + 1).padStart(2, '0')}`,
    )
    const table = await readFiles({ 'x.csv': `when,g\n${rows.map((row, i) => `${row},${i % 2}`).join('\n')}\n` })
    expect(table.values).toMatchObject({
      columns: [{ dates: { unit: 'day' }, missing: new Uint32Array([1 << 4]) }, {}],
    })
    expect(sentencesOf(table).join(' ')).toContain(
      'which holds dates, “2021-02-31” was taken for missing values (1 row)',
    )
    expect(unitOf([86_400], { order: 'ymd', hasTime: false, hasSeconds: false })).toBe('day')
  })

  it('begin with the month where a person says so, and otherwise the guess is told', async () => {
    const text = 'when,g\n3/4/2021,0\n5/6/2021,1\n7/8/2021,0\n'
    expect(sentencesOf(await readFiles({ 'x.csv': text })).join(' ')).toContain(
      'such as 3/4/2021, were read with the day first',
    )
    const said = await readFiles({ 'x.csv': text }, { choices: { dayFirst: false } })
    expect(sentencesOf(said)).toEqual([])
    expect(said.values).toMatchObject({
      columns: [{ values: new Int32Array([18_690, 18_753, 18_816]) }, {}],
    })
  })
})
