import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ColumnHistogram } from '../data/column-histogram'
import type { BitMatrix } from '../data/bit-matrix'
import type { Drawn, Session } from '../engine/contract'
import { eachDrawnLogProbability, probabilitiesOf } from '../engine/drawn-probability'
import { StudioError } from '../base/failure'
import type { Connectivity } from '../made/connectivity'
import type { Model } from '../made/model-file'
import { variablesByPlace } from '../made/ordering'
import { TEMPERATURE } from '../made/temperature'
import { beginsByPlace, columnsByPlace, labelColumns, variablesOf, type Variables } from '../made/variables'
import type { Params } from '../shared/contract'
import type { InternalRequests } from '../shared/compute-protocol'
import type { DrawnPage, Foreseen, SampleBirth, SamplePage, SampleSource } from '../shared/samples'
import type { Runs } from '../runs/runs'
import { givenLabel } from '../training/given-label'
import { scoreLabels } from '../training/label-scores'
import { writeSamples, type SampleFormat } from '../training/sample-file'
import { say } from '../words/say'
import { seenColumns, seenOf, wordsOf } from './drawn-pages'
import type { DrawnWords, DrawOfRows } from './drawn-table'
import { foresee } from './foreseeing'
import { KeptModels } from './kept-models'
import { NewestRequest } from './newest-request'
import type { OpenModel } from './open-models'

/** So many samples are counted for the histograms of a table, of wide ones fewer. */
const COUNTED = { samples: 1000, bits: 4_000_000 } as const

/** Draws samples from kept models. */
export class Sampling {
  private readonly models: KeptModels
  private readonly pages = new NewestRequest()
  private readonly births = new NewestRequest()
  private readonly foresights = new NewestRequest()
  private readonly counts = new NewestRequest()

  /** @param runsOf the folder of runs that a run is in */
  constructor(runsOf: (runId: string) => Pick<Runs, 'reading'>) {
    this.models = new KeptModels(runsOf)
  }

  /** Opens the best model of a run, which is then there for the page that will be asked for. @throws as `KeptModels.use` */
  openAhead(runId: string): Promise<void> {
    return this.models.use({ runId, model: 'best' }, () => Promise.resolve())
  }

  /** @throws StudioError 'cancelled' if a page of another source was asked for before this one's turn came, or as `KeptModels.use` */
  draw({ source, first, count }: Params<'samples.draw'>): Promise<DrawnPage> {
    const signal = this.pages.signalFor(source)
    return this.use(
      source,
      async (opened, picture) => {
        const drawn = await draw(opened, source, first, count, signal)
        const words = wordsOf(opened.model, picture)
        const seen = seenColumns(opened.model.spec.inputs, picture, words)
        const order = columnsInOrder(opened.model, source.connectivity).filter((column) => column < seen)
        const variables = variablesOf(opened.model.spec)
        const logProbability: DrawOfRows['logProbability'] = (row, visit) =>
          eachDrawnLogProbability(variables, drawn.rows, drawn.probabilities, row, visit)
        return {
          ...seenOf(drawn, picture, words),
          first,
          logLikelihoods: logLikelihoods(opened.model, drawn),
          table: words?.tableOf(drawn, { seed: source.seed, number: first }, { logProbability, order }) ?? null,
          hasColumns: (words?.values ?? null) !== null,
          order,
        }
      },
      signal,
    )
  }

  /** How often the values of each column of the table occur in the first samples; none where they are no table. @throws as `draw` */
  histograms({ source }: Params<'samples.histograms'>): Promise<readonly ColumnHistogram[]> {
    const signal = this.counts.signalFor(source)
    return this.use(
      source,
      async (opened, picture) => {
        const words = wordsOf(opened.model, picture)
        if (!words?.table) return []
        const count = Math.max(1, Math.min(COUNTED.samples, Math.floor(COUNTED.bits / opened.model.spec.inputs)))
        return words.histogramsOf(await draw(opened, source, 0, count, signal), { seed: source.seed, number: 0 })
      },
      signal,
    )
  }

  /** @throws StudioError 'cancelled' if another sample was asked for before this one's turn came, or as `KeptModels.use` */
  birth({ source, index }: Params<'samples.birth'>): Promise<SampleBirth> {
    const signal = this.births.signalFor([source, index])
    return this.use(
      source,
      async (opened, picture) => {
        const { model } = opened
        const drawn = await draw(opened, source, index, 1, signal)
        const variables = variablesOf(model.spec)
        const connectivity = connectivityOf(model, source.connectivity)
        const byPlace = variablesByPlace(connectivity.ordering)
        const name = { seed: source.seed, number: index }
        const words = wordsOf(model, picture)
        return {
          columns: drawn.rows.columns,
          picture,
          order: columnsInOrder(model, source.connectivity),
          ...drawnInOrder(variables, drawn, connectivity),
          bits: drawn.rows.toBytes(),
          probabilities: drawn.probabilities,
          logLikelihood: logLikelihoods(model, drawn)[0],
          posterior: await posteriorOf(opened, drawn.rows, source.connectivity),
          told: words?.told(drawn, 0, name, variables, byPlace) ?? [],
          isTable: words?.areVariables === true,
        }
      },
      signal,
    )
  }

  /** @throws StudioError 'cancelled' if another sample was asked for meanwhile, or as `KeptModels.use` */
  foreseen({ source, index }: Params<'samples.foreseen'>): Promise<Foreseen> {
    const signal = this.foresights.signalFor([source, index])
    return this.use(
      source,
      async (opened) => {
        const { model, session, tempered } = opened
        const { rows: row } = await draw(opened, source, index, 1, signal)
        const connectivity = connectivityOf(model, source.connectivity)
        const born = { row, connectivity, seed: source.seed, given: source.label === undefined ? 0 : 1 }
        const { temperature = TEMPERATURE.own } = source
        const see = (from: Session): Promise<Foreseen> => foresee(from, model.spec, born, signal)
        return temperature === TEMPERATURE.own ? see(session) : tempered.use(temperature, see, signal)
      },
      signal,
    )
  }

  /** @throws StudioError 'invalid-model' for a table of a model that knows no columns, or as `KeptModels.use` and `writeSamples` */
  export({ source, count, format, path }: InternalRequests['internal.export']['params']): Promise<void> {
    return this.use(source, async (opened, picture) => {
      await writeSamples(path, {
        count,
        format: formatOf(format, source.seed, wordsOf(opened.model, picture)),
        columns: opened.model.spec.inputs,
        picture,
        draw: (first, some) => draw(opened, source, first, some),
        // Other requests are answered in between.
        between: () => nextTurn(),
      })
    })
  }

  private use<T>(
    source: SampleSource,
    work: (opened: OpenModel, picture: SamplePage['picture']) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.models.use(source, (opened, { data: { picture } }) => work(opened, picture), signal)
  }
}

/** Draws samples; their probabilities are what the model itself gives them, at whatever temperature they are drawn. */
async function draw(
  { model, session, tempered }: OpenModel,
  { seed, connectivity, label, temperature = TEMPERATURE.own }: SampleSource,
  first: number,
  count: number,
  signal?: AbortSignal,
): Promise<Drawn> {
  const request = { first, count, seed, connectivity: connectivityOf(model, connectivity) }
  const drawn = (from: Session): Promise<Drawn> => {
    if (label === undefined) return from.sample(request, signal)
    const { rows, known } = givenLabel(model.spec, label, count)
    return from.complete(rows, known, request, signal)
  }
  if (temperature === TEMPERATURE.own) return drawn(session)
  const { rows } = await tempered.use(temperature, drawn, signal)
  const logits = await session.conditionals(rows, request.connectivity)
  return { rows, probabilities: probabilitiesOf(variablesOf(model.spec), logits) }
}

/** What a model thinks of the label of a row, `[classes]`; null where it has learnt none. */
async function posteriorOf({ model, session }: OpenModel, row: BitMatrix, index: number): Promise<Float64Array | null> {
  const label = labelColumns(model.spec)
  if (!label) return null
  const scores = await scoreLabels(session, row, label, [connectivityOf(model, index)], () => Promise.resolve())
  return scores.posterior
}

function connectivityOf(model: Model, index: number): Model['connectivities'][number] {
  if (index < model.connectivities.length) return model.connectivities[index]
  throw new StudioError(
    'invalid-request',
    say('compute.samples.no-ordering', { orderings: model.connectivities.length, number: index + 1 }),
    say('compute.samples.no-ordering.hint'),
  )
}

/** The columns in the order in which they are drawn under a connectivity. */
function columnsInOrder(model: Model, index: number): Int32Array {
  return columnsByPlace(variablesOf(model.spec), connectivityOf(model, index).ordering)
}

/** log p(x) in nats of drawn rows, from the probabilities they were drawn with. */
function logLikelihoods({ spec }: Model, { rows, probabilities }: Drawn): Float64Array {
  const variables = variablesOf(spec)
  return Float64Array.from({ length: rows.rows }, (_, row) => {
    let sum = 0
    eachDrawnLogProbability(variables, rows, probabilities, row, (logProbability) => (sum += logProbability))
    return sum
  })
}

/** Where the columns of each variable begin in the order of drawing, and what each was drawn with. */
function drawnInOrder(
  variables: Variables,
  { rows, probabilities }: Drawn,
  connectivity: Connectivity,
): Pick<SampleBirth, 'begins' | 'logProbabilities'> {
  const byColumn = new Float64Array(variables.columns)
  eachDrawnLogProbability(variables, rows, probabilities, 0, (log, column) => (byColumn[column] = log))
  return {
    begins: beginsByPlace(variables, connectivity.ordering),
    logProbabilities: Float64Array.from(
      variablesByPlace(connectivity.ordering),
      (variable) => byColumn[variables.first[variable]],
    ),
  }
}

function formatOf(format: Params<'samples.export'>['format'], seed: number, words: DrawnWords | null): SampleFormat {
  if (format !== 'csv') return { kind: format }
  if (words?.values) return { kind: 'csv', table: words.values, seed }
  throw new StudioError('invalid-model', say('compute.samples.no-table'), say('compute.samples.no-table.hint'))
}
