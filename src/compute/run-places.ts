import { resolve } from 'node:path'
import type { RunFolder } from '../runs/run-folder'
import { summarise } from '../runs/run-summary'
import { Runs } from '../runs/runs'
import type { RunSummary } from '../shared/run'

/**
 * Where runs are: in the folder of runs that is used now. The one that is under way, or that was last, stays where it began
 * when another folder is chosen, and is found and listed all the same.
 */
export class RunPlaces {
  /** Every folder of runs that was used, so that each has one owner. */
  private readonly used = new Map<string, Runs>()
  private now: Runs
  private kept: { readonly id: string; readonly runs: Runs } | null = null

  constructor(path: string) {
    this.now = this.at(path)
  }

  /** The folder of runs that is used now. */
  get current(): Runs {
    return this.now
  }

  /** Uses another folder of runs. */
  use(path: string): void {
    this.now = this.at(path)
  }

  /** Keeps a run where it is, in place of the one kept before. */
  keep(id: string, runs: Runs): void {
    this.kept = { id, runs }
  }

  /** The folder of runs that a run is in, or would be in. */
  of(id: string): Runs {
    return this.kept?.id === id ? this.kept.runs : this.now
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

  /** The runs of the folder that is used now, and the one that is kept. @throws as `Runs.list` */
  async list(): Promise<RunSummary[]> {
    const [{ now, kept }, listed] = [this, await this.now.list()]
    if (kept === null || kept.runs === now) return listed
    const own = await this.summary(kept.id).catch(() => null)
    return own ? [own, ...listed.filter(({ id }) => id !== own.id)] : listed
  }

  /** Moves a run to the bin beside it. @returns its id there. @throws as `Runs.delete` */
  async delete(id: string): Promise<string> {
    const binId = await this.of(id).delete(id)
    if (this.kept?.id === id) this.kept = null
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
    const summary = await summarise(folder)
    return runs === this.now ? summary : { ...summary, elsewhere: runs.path }
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
