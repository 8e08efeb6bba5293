import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reply } from '../../src/base/failure'
import { RunFolder } from '../../src/runs/run-folder'
import { Runs } from '../../src/runs/runs'
import type { Faults } from './at-rest'

type Place = 'runs' | 'bin'

/** What a person asks that a run be. */
export type Change = { readonly name: string } | { readonly place: Place }

interface Entry {
  /** What the run may be called and where it may be: what was granted last, and what was asked for since. */
  readonly name: Wanted<string>
  readonly place: Wanted<Place>
  /** The bytes of its files, run.json apart, by their names; null while it may change. */
  readonly files: ReadonlyMap<string, Buffer> | null
}

/** What must be true of the names and places of runs, by what was asked and what was granted. */
export class Ledger {
  private readonly entries = new Map<string, Entry>()

  /** Enters a run as it is now. @param files what of it may not change; null while it may */
  enter(id: string, name: string, files: ReadonlyMap<string, Buffer> | null): void {
    this.entries.set(id, { name: new Wanted(name), place: new Wanted<Place>('runs'), files })
  }

  get ids(): readonly string[] {
    return [...this.entries.keys()]
  }

  /** Where a run is, if that is known. */
  placeOf(id: string): Place | null {
    return this.of(id).place.only
  }

  /** Enters a wish, has it asked, and enters the answer. */
  async change<T>(id: string, change: Change, ask: () => Promise<Reply<T>>): Promise<Reply<T>> {
    const answered = this.ask(id, change)
    const reply = await ask()
    answered(reply.ok)
    return reply
  }

  /** Enters a wish. @returns what enters the answer to it */
  ask(id: string, change: Change): (granted: boolean) => void {
    const { name, place } = this.of(id)
    return 'name' in change ? name.ask(change.name) : place.ask(change.place)
  }

  /** Looks at a folder of runs in which nobody works, and takes what is there as the truth from now on. */
  async check(runsFolder: string): Promise<Faults> {
    const runs = new Runs(runsFolder)
    const paths = { runs: runs.path, bin: runs.binPath }
    const faults: string[] = []
    for (const [id, entry] of this.entries) {
      const found: Place[] = []
      for (const place of ['runs', 'bin'] as const)
        if (await new RunFolder(join(paths[place], id)).exists()) found.push(place)
      if (found.length !== 1) faults.push(`the run ${id} is in ${found.join(' and in ') || 'no place'}`)
      const [place] = found
      if (!place) continue
      if (!entry.place.settle(place)) faults.push(`the run ${id} is in the ${place}, which was undone`)
      faults.push(...(await faultsOfContents(join(paths[place], id), id, entry)))
    }
    return faults
  }

  private of(id: string): Entry {
    const entry = this.entries.get(id)
    if (!entry) throw new Error(`the run ${id} was not entered`)
    return entry
  }
}

/** One thing that was asked to be this or that. */
class Wanted<T> {
  private allowed: Set<T>
  private asked = 0
  private granted = new Set<T>()

  constructor(value: T) {
    this.allowed = new Set([value])
  }

  get only(): T | null {
    const [value] = this.allowed
    return this.allowed.size === 1 ? (value ?? null) : null
  }

  ask(value: T): (granted: boolean) => void {
    this.allowed.add(value)
    this.asked++
    return (granted) => {
      this.asked--
      // What was refused may still have been done before what failed.
      if (granted) this.granted.add(value)
      // Of wishes at once any may have come last; once all are answered, nothing that went before them counts.
      if (this.asked > 0 || this.granted.size === 0) return
      this.allowed = this.granted
      this.granted = new Set()
    }
  }

  /** Takes what is as the truth. @returns whether it may be so */
  settle(value: T): boolean {
    const isAllowed = this.allowed.has(value)
    this.allowed = new Set([value])
    this.asked = 0
    this.granted = new Set()
    return isAllowed
  }
}

async function faultsOfContents(path: string, id: string, { name: wanted, files }: Entry): Promise<string[]> {
  const { name } = await new RunFolder(path).readRecord()
  const faults = wanted.settle(name) ? [] : [`the run ${id} is called "${name}", which was undone`]
  const now = files ? await filesOf(path) : new Map<string, Buffer>()
  for (const [file, bytes] of files ?? [])
    if (!now.get(file)?.equals(bytes)) faults.push(`${file} of the run ${id}, which is over, has changed`)
  return faults
}

/** The files of a run that is over, by their names; run.json apart, in which its name is. */
export async function filesOf(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'run.json' || entry.name.startsWith('.')) continue
    const file = join(entry.parentPath, entry.name)
    files.set(file.slice(path.length + 1), await readFile(file))
  }
  return files
}
