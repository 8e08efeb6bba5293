import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { localFonts } from '../../scripts/setup/local-fonts.mjs'
import { korean } from '../../src/words/korean'

/** The styles of a face as the build takes them in. */
function stylesOf(weight: string): string {
  const path = inProject('node_modules', '@fontsource', 'noto-sans-kr', `${weight}.css`)
  const { transform } = localFonts()
  if (typeof transform !== 'function') throw new Error('the plugin changes no styles')
  const changed: unknown = Reflect.apply(transform, undefined, [readFileSync(path, 'utf8'), path])
  if (typeof changed !== 'string') throw new Error(`${path} is left as it is`)
  return changed
}

/** All characters that some file of the face has, by the ranges of its styles. */
function covered(styles: string): Set<number> {
  const found = new Set<number>()
  for (const [, ranges] of styles.matchAll(/unicode-range: ([^;]+);/g))
    for (const range of ranges.split(',')) {
      const [least, most = least] = range.trim().slice(2).split('-')
      for (let code = parseInt(least, 16); code <= parseInt(most, 16); code++) found.add(code)
    }
  return found
}

const WEIGHTS = readFileSync(inProject('src', 'renderer', 'main.ts'), 'utf8').matchAll(/noto-sans-kr\/(\d+)\.css/g)

test.each([...WEIGHTS].map(([, weight]) => weight))(
  'the Korean face that comes along has all of Hangul, and all that the window says in Korean: weight %s',
  (weight) => {
    const characters = covered(stylesOf(weight))
    const syllables = Array.from({ length: 0xd7a4 - 0xac00 }, (_, i) => 0xac00 + i)
    const written = Object.values<string>(korean).flatMap((text) => Array.from(text, (one) => one.codePointAt(0) ?? 0))
    const isHangul = (code: number): boolean => /\p{Script=Hangul}/u.test(String.fromCodePoint(code))
    const missing = [...syllables, ...written.filter(isHangul)].filter((code) => !characters.has(code))
    expect(missing.map((code) => String.fromCodePoint(code))).toEqual([])
  },
)

test('of its files only WOFF2 come along, and no box is drawn while one is loaded', () => {
  const styles = stylesOf('400')
  expect(styles).toContain(".woff2) format('woff2');")
  expect(styles).not.toMatch(/\.woff\)|swap/)
  expect(styles.match(/font-display: block/g)?.length).toBe(styles.match(/@font-face/g)?.length)
})

test('it stands in every stack of fonts, after the faces of the systems', () => {
  const tokens = readFileSync(inProject('src', 'renderer', 'styles', 'tokens.css'), 'utf8')
  expect(tokens).toMatch(/--hangul: .*'Malgun Gothic'.*'Noto Sans KR';/)
  const stacks = [...tokens.matchAll(/--(?:font|mono): ([^;]+);/g)].map(([, stack]) => stack)
  expect(stacks).toHaveLength(2)
  for (const stack of stacks)
    expect(stack).toMatch(/^(system-ui|ui-monospace),.*, var\(--hangul\), (sans-serif|monospace)$/)
})
