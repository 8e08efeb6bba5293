import { SCORED_ROWS, type Job } from './jobs'
import { boundOf, gflops, sharesOf, type Result } from './result'

interface Column {
  readonly title: string
  readonly width: number
  readonly text: (result: Result) => string
}

const COLUMNS: readonly Column[] = [
  { title: 'case', width: -27, text: ({ job }) => job.name },
  { title: 'masks', width: 5, text: ({ job }) => String(job.masks) },
  { title: 'build', width: -13, text: ({ build }) => build.name },
  { title: 'thr', width: 3, text: ({ threads }) => String(threads ?? '–') },
  { title: 'ms', width: 9, text: ({ ours }) => `${significant(ours.ms)}${ours.isScaled ? '*' : ''}` },
  { title: 'a second', width: 10, text: ({ job, ours }) => significant(rowsPerSecond(job, ours.ms)) },
  {
    title: 'PyTorch',
    width: 9,
    text: ({ pytorch }) => (pytorch ? `${significant(pytorch.ms)}${pytorch.isScaled ? '*' : ''}` : 'absent'),
  },
  { title: 'ratio', width: 8, text: ({ pytorch, ours }) => (pytorch ? `${significant(pytorch.ms / ours.ms)}×` : '–') },
  { title: 'tfjs', width: 9, text: ({ tensorflow }) => (tensorflow ? significant(tensorflow.ms) : 'absent') },
  {
    title: 'ratio',
    width: 8,
    text: ({ tensorflow, ours }) => (tensorflow ? `${significant(tensorflow.ms / ours.ms)}×` : '–'),
  },
  {
    title: 'M mul-add',
    width: 9,
    text: ({ arithmetic }) => significant((arithmetic.neededMultiplyAdds ?? arithmetic.multiplyAdds) / 1e6),
  },
  { title: 'GFLOPS', width: 6, text: (result) => significantOrDash(gflops(result)) },
  { title: 'of bound', width: 8, text: ofBound },
  { title: 'of peak', width: 7, text: (result) => percent(sharesOf(result)?.ofPeak) },
  { title: 'of GB/s', width: 7, text: (result) => percent(sharesOf(result)?.ofBandwidth) },
  { title: 'barrier µs', width: 10, text: ({ limits }) => significantOrDash(limits?.barrierMicroseconds ?? null) },
  { title: "PyTorch's best setting", width: -22, text: ({ pytorch }) => pytorch?.setting ?? '' },
  {
    title: 'ms of all settings',
    width: -18,
    text: ({ pytorch }) =>
      Object.entries(pytorch?.settings ?? {})
        .map(([name, ms]) => `${name} ${significant(ms)}`)
        .join('; '),
  },
]

export function tableHead(): string {
  return COLUMNS.map(({ title, width }) => padded(title, width)).join('  ')
}

export function tableLine(result: Result): string {
  return COLUMNS.map(({ width, text }) => padded(text(result), width))
    .join('  ')
    .trimEnd()
}

export const TABLE_FOOT = [
  'ms: median for one step on a minibatch (of 100), for drawing digits, or for scoring 10,000 rows under all masks;',
  'a second: examples, digits or rows. * timed on a part and scaled. M mul-add: millions of multiply-adds of kept weights',
  'in that work, the first layer counted where the input is a one (samples and GPUs: everywhere). of bound: the part of the time',
  'that the arithmetic takes at the measured peak (or memory, if that is longer).',
].join('\n')

/** Examples, digits or rows a second. */
export function rowsPerSecond(job: Job, ms: number): number {
  const rows = { train: job.minibatch, sample: job.drawn, score: SCORED_ROWS }[job.kind]
  return (1000 * rows) / ms
}

function ofBound(result: Result): string {
  const bound = boundOf(result)
  return bound ? `${Math.round((100 * Math.max(bound.arithmeticMs, bound.memoryMs)) / result.ours.ms)}%` : '–'
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(100 * share).toPrecision(3)}%`
}

function significantOrDash(value: number | null): string {
  return value === null ? '–' : significant(value)
}

function significant(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}

/** Right-aligned; left-aligned for a negative width. */
function padded(text: string, width: number): string {
  return width < 0 ? text.padEnd(-width) : text.padStart(width)
}
