import { ACTIVATIONS } from '../../made/spec'
import type { RunConfig } from '../../shared/run-config'
import { isVariedPath, VARIED_NAMES, type VariedPath } from '../../sweeps/setting-words'
import { t } from '../words'

/** A setting of which several values are tried, as typed. */
export interface Axis {
  readonly path: VariedPath
  how: 'list' | 'range'
  /** Values of a list: of hidden layers with semicolons between them, else with commas or spaces. */
  text: string
  from: string
  to: string
  count: string
  scale: 'linear' | 'logarithmic'
}

/** How the values of a setting are typed. */
export type AxisKind = 'layers' | 'activations' | 'switch' | 'whole' | 'number'

const KINDS: Readonly<Record<VariedPath, AxisKind>> = {
  hidden: 'layers',
  'optimizer.learningRate': 'number',
  'optimizer.epsilon': 'number',
  orderings: 'whole',
  masks: 'whole',
  activation: 'activations',
  directConnections: 'switch',
  averagedEpochs: 'whole',
  batchSize: 'whole',
  l2: 'number',
  seed: 'whole',
}
/** What is tried first of a setting, unless another is typed. */
const FIRST: Readonly<Record<VariedPath, Omit<Axis, 'path'>>> = {
  hidden: first('100; 500; 500, 500'),
  'optimizer.learningRate': first('0.0003, 0.001, 0.003', '0.0001', '0.01', 'logarithmic'),
  'optimizer.epsilon': first('1e-8, 1e-7, 1e-6', '1e-8', '1e-6', 'logarithmic'),
  orderings: first('1, 8, 32', '1', '32', 'logarithmic'),
  masks: first('1, 8, 32', '1', '32', 'logarithmic'),
  activation: first(ACTIVATIONS.slice(0, 2).join(', ')),
  directConnections: first(''),
  averagedEpochs: first('1, 3', '1', '5'),
  batchSize: first('50, 100, 200', '25', '400', 'logarithmic'),
  l2: first('0, 0.0001, 0.001', '0.00001', '0.01', 'logarithmic'),
  seed: first('1, 2, 3', '1', '3'),
}
const MOST_TYPED = 100_000

function first(text: string, from = '', to = '', scale: Axis['scale'] = 'linear'): Omit<Axis, 'path'> {
  return { how: 'list', text, from, to, count: '3', scale }
}

/** A setting with the values that are usually tried of it. */
export function newAxis(path: VariedPath): Axis {
  return { path, ...FIRST[path] }
}

export function axisKind({ path }: Pick<Axis, 'path'>): AxisKind {
  return KINDS[path]
}

/** Whether values can be given by a range. */
export function canRange(axis: Pick<Axis, 'path'>): boolean {
  const kind = axisKind(axis)
  return kind === 'whole' || kind === 'number'
}

/** The settings that runs like this one can differ in. */
export function variedPaths({ optimizer }: Pick<RunConfig, 'optimizer'>): readonly VariedPath[] {
  const own = optimizer.kind === 'adadelta' ? 'optimizer.learningRate' : 'optimizer.epsilon'
  return Object.keys(VARIED_NAMES)
    .filter(isVariedPath)
    .filter((path) => path !== own)
}

/**
 * The values of a setting as typed. Whether a run can have them is seen where its settings are checked.
 * @returns the values, or a sentence for the reader that says what is wrong
 */
export function readAxis(axis: Axis): readonly unknown[] | string {
  const kind = axisKind(axis)
  if (kind === 'switch') return [false, true]
  if (axis.how === 'range' && canRange(axis)) return readRange(axis, kind === 'whole')
  const separator = kind === 'layers' ? ';' : /[\s,;]+/
  const texts = axis.text
    .split(separator)
    .map((text) => text.trim())
    .filter((text) => text !== '')
  if (texts.length === 0) return t('group.axis.empty')
  switch (kind) {
    case 'layers': {
      const layers = texts.map((text) => text.split(/[\s,]+/).map(numberIn))
      return layers.every((sizes) => sizes.every(Number.isInteger)) ? layers : t('group.axis.layers')
    }
    case 'activations': {
      const names = texts.map((text) => ACTIVATIONS.find((name) => name === text.toLowerCase()))
      return names.every((name) => name !== undefined)
        ? names
        : t('group.axis.activations', { names: [...ACTIVATIONS] })
    }
    case 'whole':
    case 'number': {
      const values = texts.map(numberIn)
      if (values.every(kind === 'whole' ? Number.isInteger : Number.isFinite)) return values
      return t(kind === 'whole' ? 'group.axis.whole' : 'group.axis.numbers')
    }
  }
}

function readRange({ from, to, count, scale }: Axis, isWhole: boolean): readonly number[] | string {
  const [least, most, values] = [from, to, count].map(numberIn)
  if (!Number.isInteger(values) || values < 2 || values > MOST_TYPED) return t('group.axis.count')
  if (!Number.isFinite(least) || !Number.isFinite(most) || least >= most) return t('group.axis.range')
  if (scale === 'logarithmic' && least <= 0) return t('group.axis.logarithmic')
  const spread = Array.from({ length: values }, (_, i) => {
    const share = i / (values - 1)
    const value = scale === 'linear' ? least + share * (most - least) : least * (most / least) ** share
    // The ends are as they were typed.
    return i === 0 ? least : i === values - 1 ? most : Number(value.toPrecision(3))
  })
  return [...new Set(isWhole ? spread.map(Math.round) : spread)]
}

function numberIn(text: string): number {
  const cleaned = text.trim().replace('−', '-')
  return cleaned === '' ? NaN : Number(cleaned)
}
