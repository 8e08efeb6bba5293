import { describe, expect, it } from 'vitest'
import { columnIn, withColumnsIn } from '../../src/shared/column-title'
import { numberedNames } from '../../src/data/table'
import { bitNames, rangeNames } from '../../src/data/preparation/coding'
import { said, say } from '../../src/words/say'

describe('what columns without names are called', () => {
  it('is told in the language of the reader, and in English what files say', () => {
    expect(numberedNames(1000).map((name) => columnIn('en', name))).toEqual(numberedNames(1000))
    expect([columnIn('ko', 'column 3'), columnIn('ko', 'column 1000')]).toEqual(['3번째 열', '1000번째 열'])
    expect([columnIn('en', 'label'), columnIn('ko', 'label')]).toEqual(['label', '레이블'])
  })

  it.each(['age', 'Column 3', 'column 3b', 'column 03', 'the column 3', 'column', 'column 3.5', 'labels', ''])(
    'is “%s” where a file says so',
    (name) => expect(columnIn('ko', name)).toBe(name),
  )

  it('is the same in their bits', () => {
    const name = 'column 2'
    const words = bitNames({ name, kind: 'categories', values: ['red', 'column 3'], gap: 'bit' })
    const ranges = rangeNames({ name, levels: [-1.5, 2] })
    const told = [...words, ...ranges].map((bit) =>
      typeof bit === 'string' ? columnIn('ko', bit) : said('ko', withColumnsIn('ko', bit)),
    )
    expect(told).toEqual([
      '2번째 열 = red',
      '2번째 열 = column 3',
      said('ko', say('prepare.bit.missing', { column: '2번째 열' })),
      '2번째 열 ≤ -1.5',
      '-1.5 < 2번째 열 ≤ 2',
      '2번째 열 > 2',
    ])
    expect(columnIn('ko', 'colour = column 3')).toBe('colour = column 3')
  })

  it('is the same in sentences on data, however deep, and nowhere else in them', () => {
    const why = say('prepare.given.no-column', { column: 'column 7' })
    const sentence = say('prepare.column-left-out', { column: 'column 3', why })
    const inKorean = said('ko', withColumnsIn('ko', sentence))
    expect(inKorean).toContain('3번째 열')
    expect(inKorean).toContain('7번째 열')
    expect(inKorean).not.toContain('column')
    const lacking = say('prepare.lacking-columns', { name: 'column 1', count: 2, columns: ['“column 2”', '“age”'] })
    expect(said('ko', withColumnsIn('ko', lacking))).toContain('“2번째 열” 및 “age”')
    expect(said('ko', withColumnsIn('ko', lacking))).toContain('column 1')
    expect(said('en', withColumnsIn('en', sentence))).toBe(sentence.english)
  })
})
