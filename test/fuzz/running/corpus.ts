import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../../scripts/setup/project.mjs'
import { readInput, writeInput, type Input } from '../input'
import type { Target } from '../target'

/** What was found once, made small: a folder for each target, in it one for each input. */
export const FIXTURES = inProject('test', 'fixtures', 'fuzz')

/** The finds of a target that are kept as fixtures, by name. */
export function keptFinds(target: string): [name: string, input: Input][] {
  return inputsIn(join(FIXTURES, target))
}

/** What the inputs of a target are made of: its seeds, its former finds, and what was kept because it reached new ground. */
export async function corpusOf(target: Target, folder: string): Promise<readonly Input[]> {
  const kept = [...keptFinds(target.name), ...inputsIn(join(folder, target.name))]
  return [...(await target.seeds()), ...kept.map(([, input]) => input)]
}

/** Keeps an input that reached new ground. */
export function keepInput(folder: string, target: string, input: Input): void {
  writeInput(join(folder, target, nameOf(input)), input)
}

/** A name for an input that no other has. */
export function nameOf(input: Input): string {
  const hash = createHash('sha256')
  for (const [name, bytes] of input) hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  return hash.digest('hex').slice(0, 12)
}

function inputsIn(folder: string): [string, Input][] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => [name, readInput(join(folder, name))])
}
