import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BitMatrix } from '../src/data/bit-matrix'
import type { Connectivity } from '../src/made/connectivity'
import { initialParameters } from '../src/made/initialisation'
import { PURPOSE, RandomStream } from '../src/made/random'
import { connectivityList } from '../src/made/schedule'
import { parameterTensors, tensorOf, type ModelSpec, type Tensors } from '../src/made/spec'
import { variablesOf } from '../src/made/variables'
import { epochMinibatches } from '../src/training/minibatches'
import { SCORED_ROWS, type Job } from './jobs'

const SEED = 2015

/** What a job is done with: the same numbers for every contestant. */
export interface Materials {
  readonly spec: ModelSpec
  readonly parameters: Tensors
  readonly rows: BitMatrix
  readonly minibatches: readonly Uint32Array[]
  readonly connectivities: readonly Connectivity[]
  /** Files of the same for contestants in other processes: parameters as float32 in the order of the model file, and bits as bytes. */
  readonly parametersFile: string
  readonly rowsFile: string
}

/** The shape of what `Storeroom.make` makes. */
export interface MaterialsRequest extends Pick<
  Job,
  'inputs' | 'hidden' | 'density' | 'variables' | 'masks' | 'orderings' | 'minibatch'
> {
  readonly rows: number
}

/** Makes materials, and keeps what several jobs share. */
export class Storeroom {
  readonly folder = mkdtempSync(join(tmpdir(), 'made-bench-'))
  private readonly parameters = new Keeper<{ readonly values: Tensors; readonly file: string }>()
  private readonly rows = new Keeper<{ readonly values: BitMatrix; readonly file: string }>()

  /** The materials of a job of the benchmark. */
  materialsOf(job: Job): Materials {
    return this.make({ ...job, rows: SCORED_ROWS })
  }

  make(request: MaterialsRequest): Materials {
    const { inputs, hidden, density, masks, variables } = request
    const spec: ModelSpec = {
      inputs,
      hidden,
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
      ...(variables ? { variables } : {}),
    }
    const parameters = this.parameters.get(JSON.stringify([inputs, hidden, density]), () =>
      this.makeParameters(spec, density),
    )
    const rows = this.rows.get(JSON.stringify([request.rows, inputs, density, variables]), () =>
      this.makeRows(request.rows, spec, density),
    )
    const schedule = {
      orderings: request.orderings === 'natural' ? 1 : masks,
      singleOrdering: request.orderings,
      masks,
      seed: SEED,
    }
    return {
      spec,
      parameters: parameters.values,
      rows: rows.values,
      minibatches: epochMinibatches(request.rows, request.minibatch, SEED, 1),
      connectivities: connectivityList(spec, schedule, masks),
      parametersFile: parameters.file,
      rowsFile: rows.file,
    }
  }

  /** Removes the files. */
  clear(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Fresh weights; the biases of the outputs say how many ones there are, so that what is drawn has about as many. */
  private makeParameters(spec: ModelSpec, density: number): { readonly values: Tensors; readonly file: string } {
    const values = initialParameters(spec, 'uniform', SEED)
    tensorOf(values, 'output.bias').fill(Math.log(density / (1 - density)))
    const file = join(this.folder, `parameters-${spec.inputs}-${spec.hidden.join('-')}.f32`)
    const tensors = parameterTensors(spec).map(({ name }) => tensorOf(values, name))
    writeFileSync(
      file,
      Buffer.concat(tensors.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength))),
    )
    return { values, file }
  }

  private makeRows(
    count: number,
    spec: ModelSpec,
    density: number,
  ): { readonly values: BitMatrix; readonly file: string } {
    const { inputs } = spec
    const { kinds, first } = variablesOf(spec)
    const stream = new RandomStream(SEED, PURPOSE.shuffle, inputs)
    const bytes = new Uint8Array(count * inputs)
    for (let start = 0; start < bytes.length; start += inputs)
      kinds.forEach((kind, v) => {
        if (kind === 'categorical') bytes[start + first[v] + stream.below(first[v + 1] - first[v])] = 1
        else if (stream.uniform() < density) bytes[start + first[v]] = 1
      })
    const file = join(this.folder, `rows-${count}-${kinds.length}-${inputs}.u8`)
    writeFileSync(file, bytes)
    return { values: BitMatrix.fromBytes(count, inputs, bytes), file }
  }
}

/** Keeps only the value of the key that was asked for last: jobs that share something follow one another. */
class Keeper<T> {
  private kept: { readonly key: string; readonly value: T } | null = null

  get(key: string, make: () => T): T {
    if (this.kept?.key !== key) this.kept = { key, value: make() }
    return this.kept.value
  }
}
