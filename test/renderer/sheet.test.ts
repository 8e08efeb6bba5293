import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { greyPalette } from '../../src/renderer/logic/raster'
import { HATCHED, svgOf, type Mark } from '../../src/renderer/logic/sheet'
import { beliefSheet, type BeliefColours, type DrawnBelief } from '../../src/renderer/views/ask/belief-sheet'
import { answerSheet, pictureSheet } from '../../src/renderer/views/ask/picture-sheet'

const PALETTE = greyPalette([255, 255, 255], [0, 0, 0])
const HATCH = { ground: '#eee', hatch: '#bbb' }
const COLOURS: BeliefColours = { page: '#fff', ink: '#111', quiet: '#555', track: '#eee', ghost: '#ccc', bar: '#37c', mark: '#000' } // prettier-ignore

type Box = Extract<Mark, { kind: 'box' }>
const boxesOf = (marks: readonly Mark[]): Box[] => marks.filter((mark) => mark.kind === 'box')
const within = ({ x, y, width, height }: Box, all: { width: number; height: number }): boolean =>
  x >= 0 && y >= 0 && width >= 0 && height >= 0 && x + width <= all.width + 1e-9 && y + height <= all.height + 1e-9

const shapes = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
const pictures = shapes.chain((shape) => {
  const bits = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: shape.width * shape.height, maxLength: shape.width * shape.height }) // prettier-ignore
  return fc.record({ shape: fc.constant(shape), bits, known: bits })
})

describe('a picture as a drawing', () => {
  it('has every pixel once, in its colour', () => {
    fc.assert(
      fc.property(pictures, ({ shape, bits, known }) => {
        const row = { bits: Uint8Array.from(bits), known: Uint8Array.from(known) }
        const sheet = pictureSheet(row, shape, PALETTE)
        const scale = sheet.width / shape.width
        const seen = new Map<number, string>()
        for (const { x, y, width, height, fill } of boxesOf(sheet.marks)) {
          expect(height).toBe(scale)
          for (let column = x / scale; column < (x + width) / scale; column++) {
            const pixel = (y / scale) * shape.width + column
            expect(seen.has(pixel)).toBe(false)
            seen.set(pixel, fill)
          }
        }
        expect(seen.size).toBe(bits.length)
        bits.forEach((bit, pixel) => {
          const shown = bit === 1 ? 'rgb(0 0 0)' : 'rgb(255 255 255)'
          expect(seen.get(pixel)).toBe(known[pixel] === 0 ? HATCHED : shown)
        })
      }),
    )
  })

  it('stands beside its endings, all of them on the sheet', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 0, max: 17 }), ({ shape, bits, known }, count) => {
        const row = { bits: Uint8Array.from(bits), known: Uint8Array.from(known) }
        const endings = Array.from({ length: count }, () => row.bits)
        const sheet = answerSheet(row, endings, shape, { palette: PALETTE, page: '#fff' })
        expect(boxesOf(sheet.marks).every((box) => within(box, sheet))).toBe(true)
      }),
    )
  })
})

describe('belief bars as a drawing', () => {
  const bars = fc.array(
    fc.record({
      word: fc.string(),
      told: fc.string(),
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
      before: fc.double({ min: 0, max: 1, noNaN: true }),
      error: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  const beliefs = fc.array(fc.record({ name: fc.string(), isGiven: fc.boolean(), bars }), {
    minLength: 1,
    maxLength: 20,
  })

  it('have all that is told on the sheet, and no card on another', () => {
    fc.assert(
      fc.property(beliefs, fc.array(fc.string(), { maxLength: 2 }), (all: DrawnBelief[], heading) => {
        const sheet = beliefSheet(heading, all, COLOURS)
        expect(boxesOf(sheet.marks).every((box) => within(box, sheet))).toBe(true)
        const words = sheet.marks.filter((mark) => mark.kind === 'words')
        expect(words).toHaveLength(heading.length + all.reduce((sum, card) => sum + 1 + 2 * card.bars.length, 0))
        const places = words.map(({ x, y, isAtEnd }) => `${x} ${y} ${isAtEnd ?? false}`)
        expect(new Set(places).size).toBe(places.length)
      }),
    )
  })

  it('are written so that no word of a table is taken for a part of the drawing', () => {
    const belief = { name: 'a<b & "c"\u0007', isGiven: false, bars: [] }
    const drawing = svgOf(beliefSheet([], [belief], COLOURS), HATCH)
    expect(drawing).toContain('a&#60;b &#38; &#34;c&#34;<')
    expect(drawing.match(/<(svg|g|defs|pattern|rect|path|text)[ >]/g)?.length).toBe(
      (drawing.match(/<\/(svg|g|defs|pattern|text)>/g)?.length ?? 0) + (drawing.match(/\/>/g)?.length ?? 0),
    )
  })
})
