import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { beforeAll, describe, expect, it } from 'vitest'
import { english } from '../../src/words/english'
import { korean } from '../../src/words/korean'

const CATALOGUES: Readonly<Record<string, Readonly<Record<string, string>>>> = { english, korean }
const src = join(import.meta.dirname, '..', '..', 'src')

/** The placeholders and tags of a message, and what each is, so that they can be compared: "rows: plural". */
function placeholders(text: string): string[] {
  const found = new Set<string>()
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.argument || element.type === TYPE.number) found.add(element.value)
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        found.add(element.type === TYPE.select ? `${element.value}: select` : element.value)
        for (const { value } of Object.values(element.options)) visit(value)
      }
      if (element.type === TYPE.tag) {
        found.add(`<${element.value}>`)
        visit(element.children)
      }
    }
  }
  visit(parse(text))
  return [...found].sort()
}

/** All that stands in the code outside the catalogue. */
let code = ''

beforeAll(async () => {
  const files = await readdir(src, { recursive: true })
  const texts = files
    .filter((file) => /\.(ts|vue)$/.test(file) && !/^words[\\/](english|korean)/.test(file))
    .map((file) => readFile(join(src, file), 'utf8'))
  code = (await Promise.all(texts)).join('\n')
})

describe('the messages', () => {
  it('are messages of ICU, and have no apostrophe before a brace, which would quote it', () => {
    for (const [name, catalogue] of Object.entries(CATALOGUES))
      for (const [key, text] of Object.entries(catalogue)) {
        expect(() => parse(text), `${name} ${key}`).not.toThrow()
        expect(text, `${name} ${key}`).not.toMatch(/'[{}<]/)
      }
  })

  it('have the same placeholders in every language', () => {
    for (const [key, text] of Object.entries<string>(english))
      expect(placeholders(CATALOGUES['korean']?.[key] ?? ''), key).toEqual(placeholders(text))
  })

  it('call no tag what a placeholder is called', () => {
    for (const [name, catalogue] of Object.entries(CATALOGUES))
      for (const [key, text] of Object.entries(catalogue)) {
        const found = placeholders(text)
        expect(
          found.filter((one) => found.includes(`<${one}>`)),
          `${name} ${key}`,
        ).toEqual([])
      }
  })

  it('are all said somewhere', () => {
    // In a template a key may be an attribute: of="…".
    const unused = Object.keys(english).filter((key) => !code.includes(`'${key}'`) && !code.includes(`of="${key}"`))
    expect(unused).toEqual([])
  })

  it('stand in the order of the English, so that they can be read side by side', () => {
    expect(Object.keys(korean)).toEqual(Object.keys(english))
  })

  it('are Korean in Korean: Latin letters are names and terms only', () => {
    // A message of only placeholders, figures, signs and the name of the application is the same everywhere.
    const bare = (text: string): string => text.replace(/\{[^{}]*\}|<[^>]*>|MADE Studio/g, '')
    const left = Object.entries<string>(korean).filter(
      ([key, text]) => text === english[key as keyof typeof english] && /[a-z]{3,} [a-z]{3,}/i.test(bare(text)),
    )
    expect(left.map(([key]) => key)).toEqual([])
  })
})
