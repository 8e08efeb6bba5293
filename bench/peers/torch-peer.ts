import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import type { Contestant, Runner } from '../contestant'
import { LEARNING_RATE, SCORED_ROWS, type Job } from '../jobs'
import type { EngineId } from '../../src/engine/contract'
import type { Materials } from '../materials'
import { placesOfColumns, variablesOf } from '../../src/made/variables'
import { TorchProcess, type TorchVersions } from './torch-process'

/** OpenBLAS's threads spin for about 26 ms after their work, OpenMP's for a few. */
const SETTLE = 50
/** Rows that a forward pass of scoring takes; the faster counts. */
const ROWS_AT_ONCE = [100, 1000]

/** How PyTorch works on a GPU: as it is; through torch.compile; compiled, and the whole step replayed as a CUDA graph. */
const CUDA_MODES = ['eager', 'compiled', 'graphs'] as const

const nothingSchema = z.object({})
const timeSchema = z.object({ milliseconds: z.number(), repeats: z.number().int().positive() })
const lossSchema = z.object({ loss: z.number() })

/** The settings of which the fastest counts, for each case anew: of threads, or on a CUDA GPU for an engine that uses one. */
export function torchSettings(
  engine: EngineId,
): readonly { readonly name: string; readonly environment: NodeJS.ProcessEnv }[] {
  if (engine === 'webgpu')
    return CUDA_MODES.map((mode) => ({
      name: `CUDA, ${mode}`,
      environment: { ...environment(1, null), MADE_TORCH_CUDA: mode },
    }))
  const all = availableParallelism()
  const threads = `${all} thread${all === 1 ? '' : 's'}`
  return [
    { name: threads, environment: environment(all, null) },
    { name: `${threads}, passive`, environment: environment(all, 'PASSIVE') },
    { name: '1 thread', environment: environment(1, null) },
  ]
}

function environment(threads: number, waiting: string | null): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OMP|GOMP|KMP|OPENBLAS|GOTO|MKL|PYTHON)_?/.test(name),
  )
  return {
    ...Object.fromEntries(inherited),
    OMP_NUM_THREADS: String(threads),
    OPENBLAS_NUM_THREADS: String(threads),
    ...(waiting === null ? {} : { OMP_WAIT_POLICY: waiting }),
  }
}

/** Eager PyTorch in one setting. */
export class TorchPeer implements Contestant {
  readonly side = 'pytorch'
  readonly settle = SETTLE

  private constructor(
    readonly name: string,
    readonly versions: TorchVersions,
    private readonly environment: NodeJS.ProcessEnv,
    private process: TorchProcess,
  ) {}

  static async start(name: string, environment: NodeJS.ProcessEnv): Promise<TorchPeer> {
    const { process, versions } = await TorchProcess.start(environment)
    return new TorchPeer(name, versions, environment, process)
  }

  async prepare(job: Job, materials: Materials): Promise<Runner[]> {
    await this.open(materials)
    switch (job.kind) {
      case 'train':
        return [{ variant: '', portion: 1, run: (repeats) => this.time({ ask: 'train', repeats }) }]
      case 'sample':
        return [false, true].map((maskedOnce) => ({
          variant: maskedOnce ? 'masked once' : 'masked each pass',
          portion: 1 / job.inputs,
          run: (repeats) => this.time({ ask: 'passes', repeats, rows: job.drawn, maskedOnce }),
        }))
      case 'score':
        return ROWS_AT_ONCE.map((atOnce) => ({
          variant: `${atOnce} rows a pass`,
          portion: atOnce / SCORED_ROWS / job.masks,
          run: (repeats) => this.time({ ask: 'score', repeats, atOnce }),
        }))
    }
  }

  async tidy(): Promise<void> {
    if (!this.process.hasEnded) await this.process.ask({ ask: 'close' }, nothingSchema)
  }

  /** One Adam step on minibatch 0 under connectivity 0. @returns the loss before it, and the parameters after it, end to end. */
  async oneStep(
    materials: Materials,
    scratchFile: string,
  ): Promise<{ readonly loss: number; readonly after: Float32Array }> {
    await this.open(materials)
    const { loss } = await this.process.ask({ ask: 'step' }, lossSchema)
    await this.process.ask({ ask: 'write', path: scratchFile }, nothingSchema)
    await this.tidy()
    const bytes = readFileSync(scratchFile)
    return { loss, after: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)) }
  }

  stop(): void {
    this.process.stop()
  }

  private async open({ spec, parametersFile, rowsFile, minibatches, connectivities }: Materials): Promise<void> {
    const { count, first } = variablesOf(spec)
    const question = {
      ask: 'open',
      inputs: spec.inputs,
      columns: spec.variables ? Array.from({ length: count }, (_, v) => first[v + 1] - first[v]) : null,
      hidden: spec.hidden,
      parameters: parametersFile,
      rows: rowsFile,
      learningRate: LEARNING_RATE,
      minibatches: minibatches.map((minibatch) => [...minibatch]),
      connectivities: connectivities.map(({ ordering, degrees }) => ({
        ordering: [...placesOfColumns(variablesOf(spec), ordering)],
        degrees: degrees.map((layer) => [...layer]),
      })),
    }
    // One case that it did not survive does not cost it the others.
    if (this.process.hasEnded) this.process = (await TorchProcess.start(this.environment)).process
    await this.process.ask(question, nothingSchema)
  }

  private async time(question: { readonly ask: string } & Readonly<Record<string, unknown>>): Promise<number> {
    const { milliseconds, repeats } = await this.process.ask(question, timeSchema)
    return milliseconds / repeats
  }
}
