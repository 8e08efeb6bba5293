import { mebibytes } from '../run-input'
import type { Figures } from './protocol'

const COLUMNS = [
  'target',
  'inputs',
  'a second',
  'done',
  'refused',
  'finds',
  'slowest',
  'most memory',
  'process',
] as const
const WIDTHS = [16, 10, 10, 10, 10, 8, 22, 22, 12] as const

/** The heads of the columns of `lineOf`. */
export function headLine(): string {
  return line(COLUMNS)
}

/**
 * The figures of a target in one line; the numbers behind # are those of inputs. Of memory it tells what one input took at the
 * most, and how large the process was at its largest.
 */
export function lineOf(
  name: string,
  { inputs, seconds, done, refused, finds, slowest, largest, peak }: Figures,
): string {
  return line([
    name,
    inputs.toLocaleString('en'),
    (inputs / Math.max(0.001, seconds)).toFixed(0),
    done.toLocaleString('en'),
    refused.toLocaleString('en'),
    String(finds),
    `${slowest.milliseconds.toFixed(0)} ms #${slowest.index}`,
    `${mebibytes(largest.memory)} MiB #${largest.index}`,
    `${mebibytes(peak)} MiB`,
  ])
}

/** Shows how far a target is, over the same line again where there is a terminal. */
export function progressLine(name: string, figures: Figures): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${lineOf(name, figures)}`)
}

function line(fields: readonly string[]): string {
  return fields.map((field, i) => (i === 0 ? field.padEnd(WIDTHS[i]) : field.padStart(WIDTHS[i]))).join('')
}
