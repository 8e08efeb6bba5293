import { failureOf, StudioError } from '../base/failure'
import type { BitMatrix } from '../data/bit-matrix'
import type { ModelData, ModelOpeningOptions } from '../data/model-data'
import type { ModelPreparation } from '../data/preparation/coding'
import { requireOneValueEach } from '../data/preparation/one-value-each'
import { SPLITS } from '../data/split'
import type { Model } from '../made/model-file'
import { MISSING_VALUES } from '../shared/data-source'
import { say } from '../words/say'
import type { EngineOptions } from './engine-options'
import { modelAt, preparationOfRun, type GivenModel } from './model-place'
import { dataSourceOf, openDataForModel, sizeOf, withReadingBar } from './places'
import { readingOf, type LayoutOptions } from './reading-options'
import { oneOf } from './usage'

/** Which rows a model is to score, as typed. */
export interface EvaluatedOptions extends EngineOptions, LayoutOptions {
  readonly model: string
  readonly data: string
  readonly size?: string
  readonly missing?: string
  readonly split?: string
}

/** A model and rows for it. */
export interface Evaluated {
  readonly model: Model
  readonly preparation: ModelPreparation | null
  readonly data: ModelData
  readonly part: ModelData['usual']
  /** `[rows, D]` */
  readonly rows: BitMatrix
}

/**
 * Opens a model, and data as those were prepared that it was trained on.
 * @throws UsageError, or StudioError 'invalid-data' where they do not fit each other
 */
export async function openEvaluated(options: EvaluatedOptions, signal: AbortSignal): Promise<Evaluated> {
  const split = options.split === undefined ? null : oneOf('--split', options.split, [...SPLITS, 'all'])
  const opening = modelOpeningOf(options)
  const source = dataSourceOf(options.data, readingOf(options))
  const given = await modelAt(options.model)
  const { model } = given
  const preparation = await preparationFor(given, signal)
  const data = await withReadingBar(signal, (reading) =>
    openDataForModel(source, preparation, { ...reading, ...opening }),
  )
  if (data.all.columns !== model.spec.inputs)
    throw new StudioError(
      'invalid-data',
      say('cli.evaluate.other-width', { inputs: model.spec.inputs, columns: data.all.columns }),
      say('cli.evaluate.other-width.hint'),
    )
  const part = split ?? data.usual
  const rows = rowsOf(data, part)
  // What a preparation codes has one value of each variable.
  if (preparation === null) requireOneValueEach(rows, model.spec, data.name)
  return { model, preparation, data, part, rows }
}

function modelOpeningOf({ size, missing }: EvaluatedOptions): ModelOpeningOptions {
  return {
    ...(size === undefined ? {} : { pictureSize: sizeOf(size) }),
    ...(missing === undefined ? {} : { missing: oneOf('--missing', missing, MISSING_VALUES) }),
  }
}

function rowsOf({ all, part }: ModelData, which: ModelData['usual']): BitMatrix {
  return which === 'all' ? all : part(which)
}

/** A model of the first runs does not say it, but the data of its run do, if they are still what they were. */
async function preparationFor({ preparation, run }: GivenModel, signal: AbortSignal): Promise<ModelPreparation | null> {
  if (preparation !== null || run === null) return preparation
  try {
    return await preparationOfRun(run, signal)
  } catch (error) {
    if (failureOf(error).code === 'cancelled') throw error
    return null
  }
}
