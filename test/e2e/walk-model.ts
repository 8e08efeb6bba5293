/** Where the run under way is, as a person sees it. */
export type At = 'none' | 'training' | 'paused' | 'held' | 'stop-held'

export const ACTIONS = [
  'start',
  'pause',
  'resume',
  'stop',
  'leave',
  'fill the disk',
  'make room',
  'change the folder',
  'kill the compute process',
  'close and reopen',
  'rename',
  'delete',
  'undelete',
  'continue',
  'train next',
  'reorder',
  'take out',
  'pause all',
  'go on with all',
] as const
export type Action = (typeof ACTIONS)[number]

/** How often an action is taken beside others: what happens to a run under way is worth the most. */
export function weightOf(action: Action): number {
  switch (action) {
    case 'start':
    case 'continue':
      return 5
    case 'pause':
    case 'resume':
    case 'stop':
    case 'leave':
    case 'fill the disk':
    case 'make room':
      return 3
    case 'change the folder':
    case 'train next':
    case 'reorder':
    case 'pause all':
      return 2
    case 'go on with all':
      return 4
    case 'take out':
    case 'kill the compute process':
    case 'close and reopen':
    case 'rename':
    case 'delete':
    case 'undelete':
      return 1
  }
}

/** What must be true of a run, its disk and all other runs, whatever a person and the system have done so far. */
export class WalkModel {
  at: At = 'none'
  /** Whether the run under way cannot be saved. */
  isFull = false
  current: string | null = null
  /** The folder of runs that it is in. */
  currentFolder = ''
  /** Those that wait, in their order. */
  waiting: string[] = []
  /** Whether the run under way is in the queue too: others have come behind it, or it has waited itself. */
  isQueued = false
  /** Whether nothing of the queue begins by itself. */
  isQueuePaused = false
  /** The names of runs by their id, in each folder of runs. */
  readonly folders = new Map<string, Map<string, string>>()
  readonly bin: { readonly id: string; readonly name: string; readonly folder: string }[] = []

  constructor(public folder: string) {
    this.folders.set(folder, new Map())
  }

  /** The runs in a folder. */
  in(folder: string): Map<string, string> {
    const runs = this.folders.get(folder) ?? new Map<string, string>()
    this.folders.set(folder, runs)
    return runs
  }

  /** The names of the runs that are listed as those of the folder that is used; one under way elsewhere hides its namesake. */
  get listed(): readonly (readonly [id: string, name: string])[] {
    const isHidden = (id: string): boolean => id === this.current && this.currentFolder !== this.folder
    return [...this.in(this.folder)].filter(([id]) => !isHidden(id))
  }

  get isUnderWay(): boolean {
    return this.at !== 'none'
  }

  /** Runs that nobody works with, in the folder that is used. */
  get resting(): string[] {
    return [...this.in(this.folder).keys()].filter((id) => id !== this.current)
  }

  /** Whether a person could do that now. */
  allows(action: Action): boolean {
    switch (action) {
      case 'start':
        return !this.isUnderWay
      case 'continue':
        return !this.isUnderWay && this.resting.length > 0
      case 'pause':
        return this.at === 'training' && !this.isFull
      case 'resume':
        return this.at === 'paused' || this.at === 'held' || this.at === 'stop-held'
      case 'stop':
        return this.isUnderWay
      case 'leave':
        return this.at === 'held' || this.at === 'stop-held'
      case 'fill the disk':
        return this.isUnderWay && !this.isFull
      case 'make room':
        return this.isFull
      case 'rename':
      case 'delete':
        return this.resting.length > 0
      case 'undelete':
        return this.bin.some(({ folder }) => folder === this.folder)
      case 'train next':
        return this.isUnderWay && this.currentFolder === this.folder
      case 'reorder':
        return this.waiting.length > 1
      case 'take out':
        return this.waiting.length > 0
      case 'pause all':
        return this.waiting.length > 0 && !this.isQueuePaused && !this.isFull && this.at === 'training'
      case 'go on with all':
        return this.waiting.length > 0 && this.isQueuePaused && !this.isFull
      case 'change the folder':
        // What waits stays, moves or is copied: the tests of the queue itself look at that.
        return this.waiting.length === 0
      case 'kill the compute process':
      case 'close and reopen':
        return true
    }
  }

  /** A run is under way from now on. */
  begins(id: string): void {
    this.current = id
    this.currentFolder = this.folder
    this.at = 'training'
    const hasWaited = this.waiting.includes(id)
    this.waiting = this.waiting.filter((other) => other !== id)
    // It stands before those that wait.
    this.isQueued = this.isQueued || hasWaited || this.waiting.length > 0
    // Where it is alone the queue goes on with it.
    if (this.waiting.length === 0) this.isQueuePaused = false
    this.settle()
  }

  /** A new run waits behind the one under way, which is in the queue from then on. */
  waits(id: string): void {
    this.waiting.push(id)
    this.isQueued = true
    if (this.at === 'paused') this.isQueuePaused = true
  }

  takesOut(id: string): void {
    this.waiting = this.waiting.filter((other) => other !== id)
    this.settle()
  }

  pauses(): void {
    this.at = 'paused'
    this.isQueuePaused = this.isQueued
  }

  resumes(): void {
    this.at = this.isFull ? 'held' : 'training'
    this.isQueuePaused = false
  }

  goesOnWithAll(): void {
    this.isQueuePaused = false
    if (this.isUnderWay) this.at = 'training'
    else this.beginsNext()
  }

  /** All processes are new: what is in the queue goes on by itself, unless it is paused. */
  restarts(): void {
    if (this.isQueued && this.current !== null) this.waiting.unshift(this.current)
    const folder = this.currentFolder
    this.forgetsCurrent()
    if (this.isQueuePaused) return
    this.beginsNext()
    if (this.current !== null && folder !== '' && this.in(folder).has(this.current)) this.currentFolder = folder
  }

  /** What is in the queue, as the program should tell it. */
  get queue(): { readonly isPaused: boolean; readonly runs: readonly string[] } {
    const first = this.isQueued && this.current !== null ? [this.current] : []
    return { isPaused: this.isQueuePaused, runs: [...first, ...this.waiting] }
  }

  stops(): void {
    if (this.isFull) this.at = 'stop-held'
    else this.ends()
  }

  fills(): void {
    this.isFull = true
    // What is paused is saved already.
    if (this.at === 'training') this.at = 'held'
  }

  /** The run under way is so no more; the next begins, if there is one. */
  ends(): void {
    this.forgetsCurrent()
    if (!this.isQueuePaused) this.beginsNext()
  }

  private forgetsCurrent(): void {
    this.at = 'none'
    this.isFull = false
    this.current = null
    this.isQueued = false
    this.settle()
  }

  private beginsNext(): void {
    const next = this.waiting.shift()
    if (next === undefined) return
    this.isQueued = true
    this.begins(next)
  }

  /** A queue of nothing waits for nobody. */
  private settle(): void {
    if (this.waiting.length === 0 && !this.isQueued) this.isQueuePaused = false
  }

  /** Another folder is used; what is under way stays where it is. */
  uses(folder: string, runs: 'move' | 'copy' | 'leave'): void {
    const [from, to] = [this.in(this.folder), this.in(folder)]
    for (const [id, name] of runs === 'leave' ? [] : [...from]) {
      const isUnderWay = id === this.current && this.currentFolder === this.folder
      if (isUnderWay || to.has(id)) continue
      to.set(id, name)
      if (runs === 'move') from.delete(id)
    }
    this.folder = folder
  }
}
