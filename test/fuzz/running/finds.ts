import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeInput, type Input } from '../input'
import type { Find } from '../run-input'

/** What is said of a find beside its input. */
export interface FindRecord extends Find {
  readonly target: string
  readonly seed: number
  /** The number of the input that showed it first. */
  readonly index: number
  /** Whether it showed itself again when its input was run alone in a new process. */
  readonly isConfirmed: boolean
}

/** What two finds have in common that are the same fault: their kind, their words but for numbers and names, where they were thrown. */
export function signatureOf({ kind, words, stack }: Find): string {
  const place = stack.split('\n').find((line) => /\/(src|native)\//.test(line)) ?? ''
  const plain = words
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/[\d.]+/g, '0')
    .slice(0, 120)
  return `${kind} ${plain} ${place.trim().replace(/:\d+\)?$/, '')}`
}

/** Writes a find: the files of its input in a folder of their own, and beside it what it is. @returns the folder */
export function saveFind(folder: string, name: string, input: Input, record: FindRecord): string {
  const place = join(folder, record.target, name)
  if (!existsSync(place)) writeInput(place, input)
  writeFileSync(`${place}.json`, `${JSON.stringify(record, null, 2)}\n`)
  return place
}
