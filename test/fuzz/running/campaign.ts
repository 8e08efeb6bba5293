import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from '../generate'
import type { Input } from '../input'
import type { Find } from '../run-input'
import type { Target } from '../target'
import { corpusOf, keepInput, nameOf } from './corpus'
import { saveFind, signatureOf, type FindRecord } from './finds'
import { minimise } from './minimise'
import { addFigures, NO_FIGURES, type Figures, type FromWorker, type WorkerSettings } from './protocol'
import { WorkerProcess } from './worker-process'

/** Inputs that are asked for at a time. */
const STRETCH = 500
const [INPUTS_OF_A_PROCESS, INPUTS_OF_AN_EXPLORER] = [50_000, 3000]

export interface CampaignOptions {
  /** The built `worker.ts`. */
  readonly program: string
  readonly seed: number
  /** The number of the first input. */
  readonly from: number
  /** It ends after so many inputs, … */
  readonly inputs: number
  /** … or after so long. */
  readonly milliseconds: number
  /** Where finds and kept inputs go. */
  readonly out: string
  readonly explores: boolean
  /** After so long at one input a process is ended, in milliseconds. */
  readonly patience: number
  /** Ends the campaign after the stretch under way. */
  readonly signal: AbortSignal
}

/** What a campaign says on the way. */
export interface CampaignEvents {
  /** So far. */
  readonly progress: (figures: Figures) => void
  readonly find: (record: FindRecord, folder: string) => void
}

/** What a campaign came to. */
export interface CampaignResult {
  readonly figures: Figures
  /** The number of the input to go on from. */
  readonly next: number
  /** How many of the finds are different ones. */
  readonly differentFinds: number
}

/** Gives a target one input after another, in a process that may end or hang; what is found is made small and written down. */
export class Campaign {
  private worker: WorkerProcess | null = null
  /** What the process makes its inputs of. */
  private corpus: readonly Input[] = []
  private runs = 0
  private readonly known = new Set<string>()
  private readonly settings: WorkerSettings

  constructor(
    private readonly target: Target,
    private readonly options: CampaignOptions,
    private readonly events: CampaignEvents,
  ) {
    mkdirSync(options.out, { recursive: true })
    // In memory where there is such a place.
    const place = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'made-fuzz-'))
    this.settings = { target: target.name, seed: options.seed, place, explores: options.explores }
  }

  async run(): Promise<CampaignResult> {
    const { from, inputs, milliseconds, signal } = this.options
    const began = performance.now()
    let figures = NO_FIGURES
    let next = from
    try {
      while (next < from + inputs && performance.now() - began < milliseconds && !signal.aborted) {
        const { done, end } = await this.stretch(next, Math.min(STRETCH, from + inputs - next))
        figures = { ...addFigures(figures, done), seconds: (performance.now() - began) / 1000 }
        next = end
        this.events.progress(figures)
      }
    } finally {
      await this.worker?.end()
      rmSync(this.settings.place, { recursive: true, force: true })
    }
    return { figures, next, differentFinds: this.known.size }
  }

  /** Runs inputs from..from+count−1, or fewer if the process is lost at one of them. */
  private async stretch(from: number, count: number): Promise<{ readonly done: Figures; readonly end: number }> {
    const worker = await this.ready()
    const found: Extract<FromWorker, { kind: 'find' }>[] = []
    const end = await worker.stretch(from, count, (message) => {
      if (message.kind === 'find') found.push(message)
      else if (message.kind === 'new-ground') keepInput(this.corpusFolder, this.target.name, message.input)
    })
    this.runs += count
    if (end.kind === 'lost') this.worker = null
    for (const { index, input, verdict } of found) await this.look(verdict.find, index, input)
    if (end.kind === 'done') return { done: end.figures, end: from + count }
    await this.look(end.find, end.index, generate(this.target, this.corpus, this.options.seed, end.index))
    return { done: { ...NO_FIGURES, inputs: end.index + 1 - from, finds: found.length + 1 }, end: end.index + 1 }
  }

  /** Runs what was found again, in a new process; makes it small; writes it down. */
  private async look(find: Find, index: number, input: Input): Promise<void> {
    const signature = signatureOf(find)
    if (this.known.has(signature)) return
    this.known.add(signature)
    const shows = async (candidate: Input): Promise<boolean> => {
      const verdict = await (await this.ready()).try(candidate)
      return verdict.kind === 'find' && signatureOf(verdict.find) === signature
    }
    await this.worker?.end()
    this.worker = null
    const isConfirmed = await shows(input)
    // Of what takes long each try would take as long.
    const small = isConfirmed && find.kind !== 'hang' ? await minimise(input, shows) : input
    const record = { target: this.target.name, seed: this.options.seed, index, isConfirmed, ...find }
    this.events.find(record, saveFind(join(this.options.out, 'finds'), nameOf(small), small, record))
  }

  private async ready(): Promise<WorkerProcess> {
    if (this.worker && !this.worker.isLost && this.runs < this.mostRuns) return this.worker
    await this.worker?.end()
    this.runs = 0
    this.corpus = await corpusOf(this.target, this.corpusFolder)
    this.worker = await WorkerProcess.start(this.options.program, this.settings, this.corpus, this.options.patience)
    return this.worker
  }

  /** After so many inputs the process is made anew; where new ground is looked for, to make use of what was found. */
  private get mostRuns(): number {
    return this.options.explores ? INPUTS_OF_AN_EXPLORER : INPUTS_OF_A_PROCESS
  }

  private get corpusFolder(): string {
    return join(this.options.out, 'corpus')
  }
}
