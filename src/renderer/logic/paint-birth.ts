import type { Foreseen, SampleBirth } from '../../shared/samples'
import { stepOfInput, variablesIn } from './birth'
import { cssOf, hatching } from './hatching'
import { aloneShape, type Palette, type Shape } from './raster'

/** A moment of a birth, as it is looked at. */
export interface BirthMoment {
  readonly birth: SampleBirth
  /** What is expected of the inputs to come; null: they are hatched. */
  readonly foreseen: Foreseen | null
  /** How many variables are drawn. */
  readonly step: number
  readonly view: 'bits' | 'probabilities'
}

/** Colours beside those of the picture itself. */
export interface BirthColours {
  readonly ground: string
  readonly hatch: string
  readonly focus: string
  readonly expected: string
}

/** The shape in which a sample is drawn alone. */
export function birthShape({ columns, picture }: Pick<SampleBirth, 'columns' | 'picture'>): Shape {
  return aloneShape(columns, picture)
}

/**
 * Paints a sample as far as it is drawn, each input `cell` device pixels wide, and a frame around the inputs of the newest
 * variable. What is still to come is hatched, or shown as it is expected.
 */
export function paintBirth(
  context: CanvasRenderingContext2D,
  cell: number,
  { birth, foreseen, step, view }: BirthMoment,
  palette: Palette,
  colours: BirthColours,
): void {
  const { width, height } = birthShape(birth)
  const inputs = Math.min(birth.columns, width * height)
  const steps = stepOfInput(birth)
  const fill = (input: number): void =>
    context.fillRect((input % width) * cell, Math.floor(input / width) * cell, cell, cell)
  context.fillStyle = foreseen ? colours.ground : hatching(context, colours)
  context.fillRect(0, 0, width * cell, height * cell)
  const expected = foreseen && expectedAt(foreseen, step, birth.columns)
  for (let input = 0; input < inputs; input++) {
    if (steps[input] < step) {
      const share = view === 'probabilities' ? birth.probabilities[input] : birth.bits[input]
      context.fillStyle = cssOf(palette[Math.round(255 * share)])
      fill(input)
    } else if (expected) {
      context.globalAlpha = expected(input)
      context.fillStyle = colours.expected
      fill(input)
      context.globalAlpha = 1
    }
  }
  if (step === 0 || step >= variablesIn(birth)) return
  context.strokeStyle = colours.focus
  context.lineWidth = Math.max(2, cell / 8)
  for (const newest of birth.order.subarray(birth.begins[step - 1], birth.begins[step]))
    if (newest < inputs) context.strokeRect((newest % width) * cell, Math.floor(newest / width) * cell, cell, cell)
}

/** The probability of a one, 0..1, that is expected of an input when `step` variables are drawn: between two moments, in between. */
export function expectedAt(
  { steps, probabilities }: Foreseen,
  step: number,
  columns: number,
): (input: number) => number {
  const after = steps.findIndex((moment) => moment > step)
  const last = (after < 0 ? steps.length : after) - 1
  const next = after < 0 ? last : after
  const share = next === last ? 0 : (step - steps[last]) / (steps[next] - steps[last])
  const [from, to] = [last * columns, next * columns]
  return (input) => ((1 - share) * probabilities[from + input] + share * probabilities[to + input]) / 255
}
