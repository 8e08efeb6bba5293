import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { TERMS } from '../../src/renderer/logic/glossary'
import { english } from '../../src/words/english'
import { korean } from '../../src/words/korean'

/** The cells of all rows of the page's tables, without their heads. */
const ROWS = readFileSync(inProject('docs', 'glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.slice(2, -2).split(' | '))
  .filter(([first]) => first !== 'English' && !first.startsWith('not '))
const TERM_ROWS = ROWS.filter((cells) => cells.length > 2)
const UNUSED_ROWS = ROWS.filter((cells) => cells.length === 2)

describe('docs/glossary.md', () => {
  it('has the terms of the program in both languages, as the program names them, and says what they mean', () => {
    const bold = TERM_ROWS.filter(([term]) => term.startsWith('**'))
    const named = Object.values(TERMS).map(({ name }) => [`**${english[name]}**`, `**${korean[name]}**`])
    expect(bold.map(([term, word]) => [term, word]).toSorted()).toEqual(named.toSorted())
    expect(bold.filter(([, , meaning, inKorean]) => !meaning.trim() || !/[가-힣]/.test(inKorean))).toEqual([])
  })

  it('has each term once, in both languages', () => {
    const terms = TERM_ROWS.map(([term]) => term.replaceAll('*', '').toLowerCase())
    expect(terms.filter((term, i) => terms.indexOf(term) !== i)).toEqual([])
    expect(TERM_ROWS.filter(([, word]) => !/[가-힣]|^(MADE|CPU)$/.test(word))).toEqual([])
  })

  it('holds the catalogue: no message says in Korean what is not used', () => {
    const unused = UNUSED_ROWS.flatMap(([words]) => words.split(', '))
    expect(unused.length).toBeGreaterThan(10)
    const wrong = Object.entries<string>(korean).filter(([, text]) => unused.some((word) => text.includes(word)))
    expect(wrong).toEqual([])
  })
})
