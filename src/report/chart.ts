import { smallest } from '../base/extremes'

/** A place in a chart, in its own units from the upper left corner. */
export type Place = readonly [x: number, y: number]

/** The colours of a chart by what they are for; `hue-0` and on are those of runs. */
export type Ink = 'paper' | 'ink' | 'quiet' | 'grid' | 'train' | 'valid' | 'floor' | `hue-${number}`

/** What a chart is drawn of, wherever it is drawn. */
export type Shape =
  | {
      readonly kind: 'line'
      readonly places: readonly Place[]
      readonly ink: Ink
      readonly width: number
      /** Lengths of strokes and gaps; none: drawn through. */
      readonly dash: readonly number[]
    }
  | { readonly kind: 'diamond'; readonly at: Place; readonly radius: number; readonly ink: Ink }
  | {
      readonly kind: 'text'
      readonly at: Place
      readonly text: string
      readonly size: number
      readonly ink: Ink
      readonly anchor: 'start' | 'middle' | 'end'
    }

/** A drawing without a surface: `svgOf` and `drawChart` put it on one. */
export interface Chart {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
  /** What it shows, for whoever does not see it. */
  readonly title: string
}

/** A curve over epochs. */
export interface Curve {
  readonly name: string
  /** Nats over epochs, from left to right. */
  readonly points: readonly Place[]
  readonly ink: Ink
  readonly width: number
  readonly dash: readonly number[]
  /** Where it is best. */
  readonly best: Place | null
  /** Whether it counts when the axes are laid out; a reference far away does not. */
  readonly isReference: boolean
}

/** What a chart of curves says beside them. */
export interface ChartWords {
  readonly title: string
  readonly epochs: string
  readonly nats: string
  readonly tick: (value: number, step: number) => string
}

const SIZE = { width: 720, height: 340 } as const
const TEXT = 12
const ROW = 20
const MARGIN = { left: 56, right: 16, top: 8, bottom: 44 } as const
const TICKS = { across: 8, up: 6 } as const
/** So much of what is to be seen lies below the upper end: the first minibatches are far above all others. */
const SHOWN_SHARE = 0.98
/** From so many points on a few are left out. */
const MANY = 50

/** Curves over epochs, with axes and a key: what they are called stands above them. */
export function curveChart(curves: readonly Curve[], words: ChartWords): Chart {
  const key = keyOf(curves)
  const top = MARGIN.top + TEXT + 8 + key.height
  const plot = {
    left: MARGIN.left,
    right: SIZE.width - MARGIN.right,
    top,
    bottom: SIZE.height - MARGIN.bottom + key.height,
  }
  const height = SIZE.height + key.height
  const { across, up } = rangesOf(curves)
  const x = (value: number): number =>
    plot.left + ((value - across.least) / (across.most - across.least)) * (plot.right - plot.left)
  const y = (value: number): number =>
    plot.bottom - ((value - up.least) / (up.most - up.least)) * (plot.bottom - plot.top)
  const shapes: Shape[] = [
    text([4, MARGIN.top + TEXT], words.nats, 'quiet', 'start'),
    ...key.shapes,
    ...ticksIn(up, TICKS.up).flatMap(({ value, step }): Shape[] => [
      line([[plot.left, y(value)], [plot.right, y(value)]], 'grid', 1), // prettier-ignore
      text([plot.left - 8, y(value) + 4], words.tick(value, step), 'quiet', 'end'),
    ]),
    ...ticksIn(across, TICKS.across).map(({ value, step }) =>
      text([x(value), plot.bottom + 18], words.tick(value, step), 'quiet', 'middle'),
    ),
    text([(plot.left + plot.right) / 2, plot.bottom + 36], words.epochs, 'quiet', 'middle'),
    ...curves.flatMap(({ points, ink, width, dash }) =>
      cutAbove(points, up.most).map((part): Shape => ({
        kind: 'line',
        places: part.map(([epoch, nats]): Place => [x(epoch), y(nats)]),
        ink,
        width,
        dash,
      })),
    ),
    ...curves.flatMap(({ best, ink }): Shape[] => {
      if (best === null || best[1] > up.most) return []
      const at: Place = [x(best[0]), y(best[1])]
      return [
        { kind: 'diamond', at, radius: 7, ink: 'paper' },
        { kind: 'diamond', at, radius: 5, ink: curves.length > 3 ? ink : 'ink' },
      ]
    }),
  ]
  return { width: SIZE.width, height, shapes, title: words.title }
}

function text(at: Place, words: string, ink: Ink, anchor: 'start' | 'middle' | 'end'): Shape {
  return { kind: 'text', at, text: words, size: TEXT, ink, anchor }
}

function line(places: readonly Place[], ink: Ink, width: number): Shape {
  return { kind: 'line', places, ink, width, dash: [] }
}

/** What the curves are called, in as many rows as that takes. */
function keyOf(curves: readonly Curve[]): { readonly shapes: readonly Shape[]; readonly height: number } {
  const shapes: Shape[] = []
  let [left, row] = [MARGIN.left as number, 0]
  for (const { name, ink, width, dash } of curves) {
    const wide = 32 + roughWidth(name) + 20
    if (left > MARGIN.left && left + wide > SIZE.width) [left, row] = [MARGIN.left, row + 1]
    const middle = MARGIN.top + TEXT + 8 + row * ROW + ROW / 2
    shapes.push(
      { kind: 'line', places: [[left, middle], [left + 24, middle]], ink, width: Math.max(2, width), dash }, // prettier-ignore
      text([left + 32, middle + 4], name, 'ink', 'start'),
    )
    left += wide
  }
  return { shapes, height: (row + 1) * ROW + 4 }
}

/** About how wide a text is: it is only known where it is drawn. */
function roughWidth(words: string): number {
  return Array.from(words).reduce((sum, letter) => sum + (letter > '\u1100' ? 1 : 0.58), 0) * TEXT
}

interface Range {
  readonly least: number
  readonly most: number
}

/** What of the plane is seen. */
function rangesOf(curves: readonly Curve[]): { readonly across: Range; readonly up: Range } {
  const points = curves.filter(({ isReference }) => !isReference).flatMap((curve) => curve.points)
  const end = points.reduce((most, [epoch]) => Math.max(most, epoch), 0)
  const sorted = points.map(([, nats]) => nats).sort((a, b) => a - b)
  const most = sorted.at(sorted.length < MANY ? -1 : Math.floor(SHOWN_SHARE * sorted.length)) ?? 1
  // What no model can be better than is worth seeing beside what one came to.
  const floors = curves
    .filter(({ isReference }) => isReference)
    .flatMap((curve) => curve.points.map(([, nats]) => nats))
  const least = smallest([sorted.at(0) ?? 0, ...floors])
  const room = Math.max((most - least) * 0.06, Math.abs(most) * 1e-6, 1e-9)
  return { across: { least: 0, most: Math.max(end, 1) }, up: { least: least - room, most: most + room } }
}

interface Tick {
  readonly value: number
  readonly step: number
}

/** Round numbers within a range, about so many: multiples of 1, 2 or 5 times a power of ten. */
export function ticksIn({ least, most }: Range, about: number): Tick[] {
  const rough = (most - least) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power
  const first = Math.ceil(least / step)
  const count = Math.floor(most / step + 1e-9) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({ value: (first + i) * step, step }))
}

/** The parts of a curve that lie at most so high. */
export function cutAbove(points: readonly Place[], most: number): Place[][] {
  const parts: Place[][] = []
  let part: Place[] = []
  points.forEach(([x, y], i) => {
    const before = points[i - 1] as Place | undefined
    const isIn = y <= most
    if (before && isIn !== before[1] <= most) {
      const share = (most - before[1]) / (y - before[1])
      part.push([before[0] + share * (x - before[0]), most])
    }
    if (isIn) part.push([x, y])
    else if (part.length > 0) {
      parts.push(part)
      part = []
    }
  })
  if (part.length > 0) parts.push(part)
  return parts
}
