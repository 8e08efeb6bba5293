import { stat } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BitMatrix } from '../data/bit-matrix'
import type { Drawn, Session } from '../engine/contract'
import { findEngine } from '../engine/find'
import { StudioError } from '../base/failure'
import type { Model } from '../made/model-file'
import { inputsByPlace } from '../made/ordering'
import type { Params } from '../shared/contract'
import type { InternalRequests } from '../shared/compute-protocol'
import type { SampleBirth, SamplePage, SampleSource } from '../shared/samples'
import { keptModel } from '../runs/kept-model'
import type { Runs } from '../runs/runs'
import { writeSamples } from '../training/sample-file'
import { SPARE_CORES } from './spare-cores'

interface OpenModel {
  readonly key: string
  readonly model: Model
  readonly session: Session
}

/** Draws samples from kept models; the model asked for last stays open. */
export class Sampling {
  private open: OpenModel | null = null

  /** @param runs the folder of runs at the time of a request. */
  constructor(private readonly runs: () => Runs) {}

  async draw({ source, first, count }: Params<'samples.draw'>): Promise<SamplePage> {
    const opened = await this.openModel(source)
    const { rows, probabilities } = await draw(opened, source, first, count)
    return {
      first,
      columns: rows.columns,
      picture: await this.pictureOf(source.runId),
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
      picture: await this.pictureOf(source.runId),
      order: inputsByPlace(connectivityOf(opened.model, source.connectivity).ordering),
      bits: rows.toBytes(),
      probabilities,
      logLikelihood: logLikelihoods(rows, probabilities)[0],
    }
  }

  async export({ source, count, format, path }: InternalRequests['internal.export']['params']): Promise<void> {
    const opened = await this.openModel(source)
    await writeSamples(path, {
      count,
      format: { kind: format },
      columns: opened.model.spec.inputs,
      picture: await this.pictureOf(source.runId),
      draw: (first, some) => draw(opened, source, first, some),
      // Other requests are answered in between.
      between: () => nextTurn(),
    })
  }

  private async pictureOf(runId: string): Promise<SamplePage['picture']> {
    return (await (await this.runs().find(runId)).readRecord()).data.picture
  }

  private async openModel({ runId, model: which }: SampleSource): Promise<OpenModel> {
    const folder = await this.runs().find(runId)
    const path = which === 'best' ? folder.bestPath : folder.checkpointPath
    // A file that is not there is told when it is read.
    const changed = (await stat(path).catch(() => null))?.mtimeMs ?? 0
    const key = `${folder.path} ${which} ${changed}`
    if (this.open?.key === key) return this.open
    const model = await keptModel(folder, which)
    await this.open?.session.close()
    this.open = null
    const engine = await findEngine('cpu', SPARE_CORES)
    // An optimizer without state: a session that only draws needs no memory for one.
    const session = await engine.open(model, { kind: 'sgd', learningRate: 1, decay: 0, momentum: 0 })
    this.open = { key, model, session }
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
