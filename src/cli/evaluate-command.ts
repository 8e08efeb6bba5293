import type { BitMatrix } from '../data/bit-matrix'
import type { ModelData } from '../data/model-data'
import type { ModelPreparation } from '../data/preparation/coding'
import { SPLITS } from '../data/split'
import { findEngine } from '../engine/find'
import { saysOf } from '../base/advice'
import { say } from '../words/say'
import { failureOf, StudioError } from '../base/failure'
import { logWidths } from '../data/preparation/density'
import { requireOneValueEach } from '../data/preparation/one-value-each'
import { labelColumns } from '../made/variables'
import { scoreRows } from '../training/row-scores'
import { evaluationFacts, evaluationInWords, learntLabel } from './evaluation-facts'
import { engineChoiceOf, processorUseOf, type EngineOptions } from './engine-options'
import { modelAt, preparationOfRun, type GivenModel } from './model-place'
import { dataSourceOf, openDataForModel, sizeOf, withReadingBar } from './places'
import { PhaseBar } from './progress'
import { inEnglishOnly, remark } from './remark'
import { readingOf, type LayoutOptions } from './reading-options'
import { oneOf } from './usage'
import type { ModelOpeningOptions } from '../data/model-data'
import { MISSING_VALUES } from '../shared/data-source'

export interface EvaluateOptions extends EngineOptions, LayoutOptions {
  readonly model: string
  readonly data: string
  readonly size?: string
  readonly missing?: string
  readonly split?: string
  readonly json?: true
}

/**
 * `made evaluate`: the mean NLL of rows under the ensemble of the connectivities that the model stores, and how well it tells
 * their label if it learnt one. The data are prepared as those were that the model was trained on.
 */
export async function evaluateCommand(options: EvaluateOptions, signal: AbortSignal): Promise<void> {
  const split = options.split === undefined ? null : oneOf('--split', options.split, [...SPLITS, 'all'])
  const choice = engineChoiceOf(options) ?? 'auto'
  const use = processorUseOf(options)
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
  const engine = await findEngine(choice, use)
  const session = await engine.open(model, null)
  const bar = new PhaseBar('cli.bar.scoring')
  try {
    const scored = { bits: rows, known: data.known(part), lacksLabel: data.lacksLabel }
    const scores = await scoreRows(session, scored, model, async (share) => {
      signal.throwIfAborted()
      bar.show(share)
    })
    bar.stop()
    const widths = preparation && logWidths(rows, preparation.coding, scored.known)
    const place = labelColumns(model.spec)
    const label = place && learntLabel(place, preparation?.coding ?? null)
    const facts = evaluationFacts(scores, widths, label)
    const { leftOut, notes } = data
    const said = notes.map(saysOf)
    const connectivities = model.connectivities.length
    if (options.json)
      console.log(
        JSON.stringify({
          ...facts,
          rows: rows.rows,
          connectivities,
          engine: engine.id,
          split: part,
          leftOut,
          notes: inEnglishOnly(said),
        }),
      )
    else {
      remark(said)
      console.log(evaluationInWords(facts, label, { rows: rows.rows, part, connectivities, engine: engine.id }))
    }
  } finally {
    bar.stop()
    await session.close()
  }
}

function modelOpeningOf({ size, missing }: EvaluateOptions): ModelOpeningOptions {
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
