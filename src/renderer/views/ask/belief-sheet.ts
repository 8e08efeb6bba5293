import { largest } from '../../../base/extremes'
import type { Mark, Sheet } from '../../logic/sheet'

/** A column as it is drawn: its name, and its values with their chances. */
export interface DrawnBelief {
  readonly name: string
  readonly isGiven: boolean
  readonly bars: readonly DrawnBar[]
}

interface DrawnBar {
  readonly word: string
  /** In figures. */
  readonly told: string
  readonly chance: number
  /** What it was without evidence. */
  readonly before: number
  /** Half of its 95% interval. */
  readonly error: number
}

export interface BeliefColours {
  readonly page: string
  readonly ink: string
  readonly quiet: string
  readonly track: string
  readonly ghost: string
  readonly bar: string
  readonly mark: string
}

const [CARD, GAP, MARGIN] = [264, 24, 16]
const [TITLE, LINE] = [26, 18]
const BAR = { x: 116, width: 92, height: 10 }
/** So many letters of a name and of a value, which cannot be measured here. */
const [MOST_NAME, MOST_WORD] = [36, 17]

/** Belief bars in columns about as tall as each other. @param heading what is known, and how probable that is */
export function beliefSheet(
  heading: readonly string[],
  beliefs: readonly DrawnBelief[],
  colours: BeliefColours,
): Sheet {
  const heights = beliefs.map(({ bars }) => TITLE + bars.length * LINE + GAP)
  const all = heights.reduce((sum, height) => sum + height, 0)
  const across = Math.max(1, Math.min(6, beliefs.length, Math.round(Math.sqrt((1.4 * all) / CARD))))
  const top = MARGIN + heading.length * 20 + (heading.length > 0 ? 12 : 0)
  const tall = evenHeight(heights, across)
  const titles = heading.map((text, i): Mark => ({
    kind: 'words',
    x: MARGIN,
    y: MARGIN + 14 + i * 20,
    text,
    size: 14,
    isBold: i === 0,
    fill: colours.ink,
  }))
  let [column, y, lowest] = [0, 0, 0]
  const cards = beliefs.flatMap((belief, i) => {
    if (y > 0 && y + heights[i] > tall) [column, y] = [column + 1, 0]
    const card = cardOf(belief, MARGIN + column * (CARD + GAP), top + y, colours)
    y += heights[i]
    lowest = Math.max(lowest, y)
    return card
  })
  const [width, height] = [2 * MARGIN + (column + 1) * (CARD + GAP) - GAP, top + lowest - GAP + MARGIN]
  return {
    width,
    height,
    marks: [{ kind: 'box', x: 0, y: 0, width, height, fill: colours.page }, ...titles, ...cards],
  }
}

/** How tall columns have to be so that so many hold all cards in their order. */
function evenHeight(heights: readonly number[], across: number): number {
  const columnsOf = (tall: number): number => {
    let [columns, y] = [1, 0]
    for (const height of heights) {
      if (y > 0 && y + height > tall) [columns, y] = [columns + 1, 0]
      y += height
    }
    return columns
  }
  let tall = largest(heights)
  while (columnsOf(tall) > across) tall += LINE
  return tall
}

function cardOf({ name, isGiven, bars }: DrawnBelief, x: number, y: number, colours: BeliefColours): Mark[] {
  const { ink, quiet, track, ghost, bar, mark } = colours
  const title: Mark = { kind: 'words', x, y: y + 14, text: cut(name, MOST_NAME), size: 13, isBold: true, fill: ink }
  const rows = bars.flatMap(({ word, told, chance, before, error }, i): Mark[] => {
    const line = y + TITLE + i * LINE
    const box = (from: number, to: number, inset: number, fill: string): Mark => ({
      kind: 'box',
      x: x + BAR.x + from * BAR.width,
      y: line + inset,
      width: Math.max(0, to - from) * BAR.width,
      height: BAR.height - 2 * inset,
      fill,
    })
    const [least, most] = [Math.max(0, chance - error), Math.min(1, chance + error)]
    return [
      { kind: 'words', x, y: line + 9, text: cut(word, MOST_WORD), size: 12, fill: isGiven ? ink : quiet },
      box(0, 1, 0, track),
      box(0, before, 0, ghost),
      box(0, chance, 2, bar),
      ...(error > 0 ? [box(least, most, BAR.height / 2 - 0.5, mark)] : []),
      { kind: 'words', x: x + CARD, y: line + 9, text: told, size: 12, isAtEnd: true, fill: quiet },
    ]
  })
  return [title, ...rows]
}

function cut(text: string, most: number): string {
  const letters = Array.from(text)
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text
}
