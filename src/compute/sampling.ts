import { stat } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { BitMatrix } from '../data/bit-matrix'
import { encodeNpy } from '../data/npy'
import { encodeSheet, inkOf } from '../data/sheet'
import type { Drawn, Session } from '../engine/contract'
import { findEngine } from '../engine/find'
import { StudioError } from '../base/failure'
import type { Model } from '../made/model-file'
import { inputsByPlace } from '../made/ordering'
import type { Params } from '../shared/contract'
import type { InternalRequests } from '../shared/compute-protocol'
import type { SampleBirth, SamplePage, SampleSource } from '../shared/samples'
import { replaceFile } from '../files/durable-file'
import { keptModel } from '../runs/kept-model'
import type { RunFolder } from '../runs/run-folder'
import type { Runs } from '../runs/runs'
import { SPARE_CORES } from './spare-cores'

/** Draws are made in pages, so that other requests are answered in between. */
const PAGE = 200

interface OpenModel {
  readonly key: string
  readonly model: Model
  readonly picture: SamplePage['picture']
  readonly session: Session
}

/** Draws samples from kept models; the model asked for last stays open. */
export class Sampling {
  private open: OpenModel | null = null

  /** @param runsOf the folder of runs that a run is in. */
  constructor(private readonly runsOf: (runId: string) => Pick<Runs, 'reading'>) {}

  async draw({ source, first, count }: Params<'samples.draw'>): Promise<SamplePage> {
    const opened = await this.openModel(source)
    const { rows, probabilities } = await draw(opened, source, first, count)
    return {
      first,
      columns: rows.columns,
      picture: opened.picture,
      bits: rows.toBytes(),
      probabilities: Uint8Array.from(probabilities, (p) => Math.round(255 * p)),
      logLikelihoods: logLikelihoods(rows, probabilities),
    }
  }

  async birth({ source, index }: Params<'samples.birth'>): Promise<SampleBirth> {
    const opened = await this.openModel(source)
    const { rows, probabilities } = await draw(opened, source, index, 1)
    return {
      columns: rows.columns,
      picture: opened.picture,
      order: inputsByPlace(connectivityOf(opened.model, source.connectivity).ordering),
      bits: rows.toBytes(),
      probabilities,
      logLikelihood: logLikelihoods(rows, probabilities)[0],
    }
  }

  async export({ source, count, format, path }: InternalRequests['internal.export']['params']): Promise<void> {
    const opened = await this.openModel(source)
    const rows = new BitMatrix(count, opened.model.spec.inputs)
    for (let first = 0; first < count; first += PAGE) {
      const drawn = await draw(opened, source, first, Math.min(PAGE, count - first))
      rows.words.set(drawn.rows.words, first * rows.wordsPerRow)
      await nextTurn()
    }
    const bytes =
      format === 'npy'
        ? encodeNpy([count, rows.columns], rows.toBytes())
        : encodeSheet({ columns: rows.columns, picture: opened.picture, values: inkOf(rows) })
    await replaceFile(path, [bytes])
  }

  /** Reads all that is needed of the folder, which may be deleted while samples are drawn. */
  private openModel(source: SampleSource): Promise<OpenModel> {
    return this.runsOf(source.runId).reading(source.runId, (folder) => this.openIn(folder, source))
  }

  private async openIn(folder: RunFolder, { model: which }: SampleSource): Promise<OpenModel> {
    const path = which === 'best' ? folder.bestPath : folder.checkpointPath
    // A file that is not there is told when it is read.
    const changed = (await stat(path).catch(() => null))?.mtimeMs ?? 0
    const key = `${folder.path} ${which} ${changed}`
    if (this.open?.key === key) return this.open
    const model = await keptModel(folder, which)
    const { picture } = (await folder.readRecord()).data
    await this.open?.session.close()
    this.open = null
    const engine = await findEngine('cpu', SPARE_CORES)
    // An optimizer without state: a session that only draws needs no memory for one.
    const session = await engine.open(model, { kind: 'sgd', learningRate: 1, decay: 0, momentum: 0 })
    this.open = { key, model, picture, session }
    return this.open
  }
}

function draw({ model, session }: OpenModel, source: SampleSource, first: number, count: number): Promise<Drawn> {
  const { seed, connectivity } = source
  return session.sample({ first, count, seed, connectivity: connectivityOf(model, connectivity) })
}

function connectivityOf(model: Model, index: number): Model['connectivities'][number] {
  if (index < model.connectivities.length) return model.connectivities[index]
  throw new StudioError(
    'invalid-request',
    `This model holds ${model.connectivities.length} orderings; number ${index + 1} is not among them.`,
    'Choose a smaller number.',
  )
}

/** log p(x) in nats of drawn rows, from the probabilities they were drawn with. */
function logLikelihoods(rows: BitMatrix, probabilities: Float32Array): Float64Array {
  return Float64Array.from({ length: rows.rows }, (_, row) => {
    let sum = 0
    for (let d = 0; d < rows.columns; d++) {
      const p = probabilities[row * rows.columns + d]
      sum += rows.get(row, d) === 1 ? Math.log(p) : Math.log1p(-p)
    }
    return sum
  })
}
