import { describe, expect, expectTypeOf, it } from 'vitest'
import { languageOf } from '../../src/words/languages'
import { read, withParticles } from '../../src/words/particles'
import type { Placeholders } from '../../src/words/placeholders'
import { said, say, verbatim, type ValuesOf } from '../../src/words/say'
import { sentenceSchema } from '../../src/words/sentence-schema'

describe('a sentence', () => {
  const sentence = say('common.in-turn', { first: say('common.internal', { message: 'no' }), second: verbatim('Why?') })

  it('is said in every language, and sentences in it are too', () => {
    expect(said('en', sentence)).toBe('Something went wrong inside MADE Studio: no. Why?')
    expect(said('ko', sentence)).toBe('MADE Studio 안에서 문제가 생겼습니다: no. Why?')
    expect(sentence.english).toBe(said('en', sentence))
  })

  it('crosses processes and lies in files', () => {
    expect(sentenceSchema.parse(JSON.parse(JSON.stringify(sentence)))).toEqual(sentence)
  })

  it('is told in English where its message is not known, as one of a newer version is not', () => {
    expect(said('ko', { key: 'of.tomorrow', values: {}, english: 'A thing of tomorrow.' })).toBe('A thing of tomorrow.')
    expect(said('ko', { ...sentence, values: {} })).toBe(sentence.english)
    for (const key of ['__proto__', 'toString', 'constructor'])
      expect(said('ko', { key, values: {}, english: 'A thing.' })).toBe('A thing.')
  })

  it('stays on one line whatever is filled in', () => {
    const broken = say('common.internal', { message: 'a\r\nb c\u0007' })
    expect(broken.english).toBe('Something went wrong inside MADE Studio: a b c .')
    expect(said('ko', broken)).not.toMatch(/[\n\r]/)
    expect(verbatim('a\nb').english).toBe('a b')
  })

  it('stays a sentence though a name in it is as long as a page', () => {
    const { english } = say('read.table.encoding', { file: `${'🂡'.repeat(4000)}.csv`, encoding: verbatim('Arabic') })
    expect(english).toMatch(/^(🂡)+…(🂡)+\.csv is not UTF-8/u)
    expect(english.length).toBeLessThan(1000)
  })

  it('begins with no blank and tells blanks, though files may be named so', () => {
    const told = (file: string): string[] => {
      const sentence = say('read.table.encoding', { file, encoding: verbatim('Arabic') })
      return [said('en', sentence), said('ko', sentence)]
    }
    expect(told(' ')[0]).toMatch(/^“ ” is not/)
    expect(told('\t')[0]).toMatch(/^“ ” is not/)
    for (const text of told(' x.csv')) expect(text).toMatch(/^x\.csv/)
  })
})

it('the compiler knows the placeholders of a message', () => {
  type Found =
    Placeholders<'{name}: {rows, plural, one {# row of {file}} other {# rows {how, select, a {of {deep}} other {}}}}, {loss, number, ::.00} <b>{last}</b>'>
  expectTypeOf<keyof Found>().toEqualTypeOf<'name' | 'rows' | 'file' | 'how' | 'deep' | 'loss' | 'last'>()
  expectTypeOf<Found['rows']>().toEqualTypeOf<number>()
  expectTypeOf<Found['how']>().toEqualTypeOf<string>()
  expectTypeOf<ValuesOf<'common.internal.hint'>>().toEqualTypeOf<[]>()
})

describe('Korean particles', () => {
  it('follow the last sound of the word before them', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['순서[을/를] 바꿉니다', '순서를 바꿉니다'],
      ['모델[은/는] 학습[이/가] 끝났습니다', '모델은 학습이 끝났습니다'],
      ['“소득”[을/를]', '“소득”을'],
      ['파일[으로/로]', '파일로'],
      ['폴더[으로/로]', '폴더로'],
      ['책[으로/로]', '책으로'],
      ['서울[으로/로]', '서울로'],
      ['데이터[과/와] 모델[과/와]', '데이터와 모델과'],
    ]
    for (const [written, right] of cases) expect(withParticles(written)).toBe(right)
    expect(withParticles('[을/를] 바꿉니다', '“순서”')).toBe('를 바꿉니다')
  })

  it('know how figures are read', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['0[을/를]', '0을'],
      ['12[을/를]', '12를'],
      ['3[은/는]', '3은'],
      ['1[으로/로]', '1로'],
      ['10[이/가]', '10이'],
      ['60,000[을/를]', '60,000을'],
      ['784[을/를]', '784를'],
      ['0.50[을/를]', '0.50을'],
      ['1.24[이/가]', '1.24가'],
      ['50%[을/를]', '50%를'],
    ]
    for (const [written, right] of cases) expect(withParticles(written)).toBe(right)
  })

  it('know how Latin letters are read', () => {
    expect(withParticles('“label”[은/는]')).toBe('“label”은')
    expect(withParticles('MNIST[을/를]')).toBe('MNIST를')
    expect(withParticles('column[을/를]')).toBe('column을')
    expect(withParticles('GPU[이/가]')).toBe('GPU가')
    expect(withParticles('Adam[으로/로]')).toBe('Adam으로')
    expect(withParticles('L2[을/를]')).toBe('L2를')
    expect(withParticles('model[으로/로]')).toBe('model로')
    expect(read('')).toBe('것')
  })
})

it('a language is found by the names that systems give it', () => {
  expect(languageOf(['ko_KR.UTF-8'])).toBe('ko')
  expect(languageOf(['fr-FR', 'ko-KR', 'en'])).toBe('ko')
  expect(languageOf(['en-US', 'ko'])).toBe('en')
  expect(languageOf(['C.UTF-8'])).toBe('en')
  expect(languageOf([])).toBe('en')
})
