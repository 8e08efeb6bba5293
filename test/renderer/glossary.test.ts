import { describe, expect, it } from 'vitest'
import { glossaryIn, TERMS } from '../../src/renderer/logic/glossary'

describe('the glossary', () => {
  it('has every term once, sorted as the reader’s language sorts words', () => {
    for (const language of ['en', 'ko'] as const) {
      const names = glossaryIn(language, '').map(({ name }) => name)
      expect(new Set(names).size).toBe(Object.keys(TERMS).length)
      expect(names).toEqual(names.toSorted(new Intl.Collator(language).compare))
    }
    const korean = glossaryIn('ko', '').map(({ id }) => id)
    expect(korean.indexOf('weight')).toBeLessThan(korean.indexOf('hidden'))
    expect(korean).not.toEqual(glossaryIn('en', '').map(({ id }) => id))
  })

  it('puts the English name beside the Korean one', () => {
    expect(glossaryIn('ko', '').find(({ id }) => id === 'mask')).toMatchObject({ name: '마스크', english: 'Mask' })
    expect(glossaryIn('en', '').find(({ id }) => id === 'mask')).toMatchObject({ name: 'Mask', english: null })
  })

  it('is found by a part of the name in either language', () => {
    const found = (language: 'en' | 'ko', wanted: string): string[] => glossaryIn(language, wanted).map(({ id }) => id)
    expect(found('ko', '은닉')).toEqual(['hidden'])
    expect(found('ko', ' hidden')).toEqual(['hidden'])
    // A name typed as macOS writes file names: each letter of a syllable apart.
    expect(found('ko', '마스크'.normalize('NFD'))).toEqual(['mask'])
    expect(found('en', 'RATE')).toEqual(['learningRateSchedule', 'learningRate'])
    expect(found('en', 'no such thing')).toEqual([])
  })
})
