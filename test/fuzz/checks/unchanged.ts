import { isSameInput, readInput, type Input } from '../input'
import { require } from './fault'

/** Checks that a folder holds what was written into it, and nothing else. @throws Fault */
export function checkUnchanged(folder: string, input: Input): void {
  const sorted: Input = new Map([...input].sort(([a], [b]) => (a < b ? -1 : 1)))
  const now = readInput(folder)
  require(isSameInput(
    sorted,
    now,
  ), `what was only to be read was changed: there are ${[...now.keys()].join(', ').slice(0, 300)}`)
}
