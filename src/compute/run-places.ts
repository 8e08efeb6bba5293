import { dirname, join, resolve } from 'node:path'
import { BuiltInRuns } from '../runs/built-in-runs'
import { RunFolder } from '../runs/run-folder'
import { summarise } from '../runs/run-summary'
import { Runs } from '../runs/runs'
import { isBuiltInRun } from '../shared/built-in-runs'
import type { ComputePlaces } from '../shared/compute-protocol'
import type { RunSummary } from '../shared/run'
import type { FormerFolder, TransferKind, TransferSummary } from '../shared/runs-folders'

/**
 * Where runs are: in the folder of runs that is used now. The one that is under way, or that was last, stays where it began
 * when another folder is chosen, and is found and listed all the same.
 */
export class RunPlaces {
  /** Every folder of runs that was used, so that each has one owner. */
  private readonly used = new Map<string, Runs>()
  private now: Runs
  private kept: { readonly id: string; readonly runs: Runs } | null = null
  /** Runs of other folders that a person opened, by their id: they are listed too until the application ends. */
  private readonly opened = new Map<string, Runs>()
  /** Whether a run waits in the queue; one that is over does so only where it is to be trained longer. */
  isWaiting: (id: string, isOver: boolean) => Promise<boolean> = () => Promise.resolve(false)

  /** What comes with the application. */
  private readonly builtIn: BuiltInRuns

  constructor({ runsFolder, modelsFolder }: Pick<ComputePlaces, 'runsFolder' | 'modelsFolder'>) {
    this.now = this.at(runsFolder)
    this.builtIn = new BuiltInRuns(modelsFolder)
  }

  /** The folder of runs that is used now. */
  get current(): Runs {
    return this.now
  }

  /** Uses another folder of runs. */
  use(path: string): void {
    this.now = this.at(path)
  }

  /**
   * Moves or copies the runs of another folder into the one that is used now.
   * @param tell hears how many are done of how many
   */
  async transfer(path: string, kind: TransferKind, tell: (done: number, of: number) => void): Promise<TransferSummary> {
    const from = this.at(path)
    // They are there already.
    if (from === this.now) return { kind, done: 0, left: 0, failure: null }
    const { done, left } = await from.transfer(this.now, kind, tell)
    // What was kept there is found here now.
    const { kept } = this
    const isLeft = (id: string): boolean => left.some((one) => one.id === id)
    if (kept?.runs === from && !isLeft(kept.id)) this.kept = null
    for (const [id, runs] of this.opened) if (runs === from && !isLeft(id)) this.opened.delete(id)
    return { kind, done, left: left.length, failure: left[0]?.failure ?? null }
  }

  /** How many runs are in each of these folders, where there are any. */
  async counts(paths: readonly string[]): Promise<FormerFolder[]> {
    const counted = await Promise.all(paths.map(async (path) => ({ path, runs: await this.at(path).count() })))
    return counted.filter(({ runs }) => runs > 0)
  }

  /** Keeps a run where it is, in place of the one kept before. */
  keep(id: string, runs: Runs): void {
    this.kept = { id, runs }
  }

  /** The folder of runs that a run is in, or would be in. */
  of(id: string): Runs {
    if (isBuiltInRun(id)) return this.builtIn
    return this.kept?.id === id ? this.kept.runs : (this.opened.get(id) ?? this.now)
  }

  /**
   * Lists a run from now on, wherever it lies.
   * @returns its id; null if another run is known by the name of its folder
   */
  async open(folder: RunFolder): Promise<string | null> {
    const runs = this.at(dirname(folder.path))
    const { id } = folder
    if (runs === this.of(id)) return id
    const isTaken = this.of(id) !== this.now || (await new RunFolder(join(this.now.path, id)).exists())
    if (isTaken) return null
    await folder.readRecord()
    this.opened.set(id, runs)
    return id
  }

  /** Finds a run from now on that was in a folder of runs, where it is not in the one that is used now. */
  async know(id: string, path: string): Promise<void> {
    const runs = this.at(path)
    if (runs === this.now || runs === this.of(id) || (await this.now.has(id))) return
    if (await runs.has(id)) this.opened.set(id, runs)
  }

  /** Finds a run in a folder of runs, whether it is there already or is to be made there. */
  expect(id: string, path: string): void {
    const runs = this.at(path)
    if (runs !== this.of(id)) this.opened.set(id, runs)
  }

  /** A run as it is listed. @throws StudioError 'not-found' */
  summary(id: string): Promise<RunSummary> {
    const runs = this.of(id)
    return runs.reading(id, (folder) => this.summarise(runs, folder))
  }

  /** Changes something of a run, alone. @returns the run as it is listed then. @throws as `Runs.changing` */
  changing(id: string, change: (folder: RunFolder) => Promise<void>): Promise<RunSummary> {
    const runs = this.of(id)
    return runs.changing(id, async (folder) => {
      await change(folder)
      return this.summarise(runs, folder)
    })
  }

  /** The runs of the folder that is used now, the one that is kept, and those that came with the application. @throws as `Runs.list` */
  async list(): Promise<RunSummary[]> {
    const { now, kept } = this
    const listed = await Promise.all((await now.list()).map((run) => this.withWaiting(run)))
    const elsewhere = new Map([...this.opened, ...(kept === null ? [] : [[kept.id, kept.runs] as const])])
    const ids = [...elsewhere].filter(([, runs]) => runs !== now).map(([id]) => id)
    const found = (await Promise.all(ids.map((id) => this.summary(id).catch(() => null)))).filter((one) => one !== null)
    const own = found.filter((one) => !this.letsGo(one, listed))
    // A copy that is called as the one that came with the application cannot be told from it.
    const others = listed.filter(({ id }) => !own.some((one) => one.id === id) && !isBuiltInRun(id))
    const builtIn = (await this.builtIn.list()).filter(({ id }) => isBuiltInRun(id))
    return [...own, ...others, ...builtIn.map((run) => ({ ...run, isBuiltIn: true }))]
  }

  /** Whether a run elsewhere, which is over, makes room for one of the same id in the folder that is used now. */
  private letsGo({ id, status }: RunSummary, listed: readonly RunSummary[]): boolean {
    if (this.kept?.id !== id || status === 'training' || status === 'paused' || status === 'waiting') return false
    if (!listed.some((one) => one.id === id)) return false
    this.kept = null
    return true
  }

  /** Moves a run to the bin beside it. @returns its id there. @throws as `Runs.delete` */
  async delete(id: string, mayGo?: () => Promise<void>): Promise<string> {
    const binId = await this.of(id).delete(id, mayGo)
    if (this.kept?.id === id) this.kept = null
    this.opened.delete(id)
    return binId
  }

  /** Moves a run back out of the bin that it is in. @throws as `Runs.restore` */
  async restore(binId: string): Promise<RunSummary> {
    const runs = await this.binOf(binId)
    const id = await runs.restore(binId)
    if (runs !== this.now) this.keep(id, runs)
    return this.summary(id)
  }

  private async summarise(runs: Runs, folder: RunFolder): Promise<RunSummary> {
    const summary = await this.withWaiting(await summarise(folder))
    if (runs === this.builtIn) return { ...summary, isBuiltIn: true }
    return runs === this.now ? summary : { ...summary, elsewhere: runs.path }
  }

  private async withWaiting(run: RunSummary): Promise<RunSummary> {
    const isOver = run.status === 'finished'
    const canWait = isOver || run.status === 'paused' || run.status === 'interrupted'
    return canWait && (await this.isWaiting(run.id, isOver)) ? { ...run, status: 'waiting' } : run
  }

  private async binOf(binId: string): Promise<Runs> {
    const others = [...this.used.values()].filter((runs) => runs !== this.now)
    for (const runs of [this.now, ...others]) if (await runs.hasInBin(binId)) return runs
    return this.now
  }

  private at(path: string): Runs {
    const key = resolve(path)
    const runs = this.used.get(key) ?? new Runs(path)
    this.used.set(key, runs)
    return runs
  }
}
