import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Switches and the application itself come before what is to be opened. */
function isPath(word: string): boolean {
  return word !== '' && !word.startsWith('-')
}

/**
 * The files and folders that a start was given.
 * @param argv as `process.argv`, or as another start of the application passed it on
 * @param folder that relative paths begin in
 * @param isPackaged otherwise the application's own folder is the first word
 */
export function pathsIn(argv: readonly string[], folder: string, isPackaged: boolean): string[] {
  const words = argv.slice(1).filter(isPath)
  return (isPackaged ? words : words.slice(1)).map((word) => resolve(folder, word)).filter((path) => existsSync(path))
}

/** What the system asks to open: told to the window as soon as it asks, and at once from then on. */
export class OpenedPaths {
  private waiting: string[] = []
  private tell: ((path: string) => void) | null = null

  /** Opens something now, or when there is a window that asks. */
  open(path: string): void {
    if (this.tell) this.tell(path)
    else this.waiting.push(path)
  }

  /** The window asks for the first time, or anew after it was lost. */
  take(tell: (path: string) => void): string[] {
    this.tell = tell
    const { waiting } = this
    this.waiting = []
    return waiting
  }
}
