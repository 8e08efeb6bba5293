import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * What a target is given: files by name, with slashes where they lie in folders, the first of them the one that a person
 * chose. What is no file (a request, a list of arguments) is one of JSON.
 */
export type Input = ReadonlyMap<string, Uint8Array>

/** An input of one file. */
export function oneFile(name: string, content: Uint8Array | string): Input {
  return new Map([[name, bytesOf(content)]])
}

/** An input of several files. */
export function severalFiles(files: Readonly<Record<string, Uint8Array | string>>): Input {
  return new Map(Object.entries(files).map(([name, content]) => [name, bytesOf(content)]))
}

/** The bytes of all its files. */
export function sizeOf(input: Input): number {
  let size = 0
  for (const bytes of input.values()) size += bytes.length
  return size
}

/** Whether two inputs are the same. */
export function isSameInput(a: Input, b: Input): boolean {
  return (
    a.size === b.size &&
    [...a].every(([name, bytes], i) => {
      const [otherName, otherBytes] = [...b][i]
      return name === otherName && Buffer.compare(bytes, otherBytes) === 0
    })
  )
}

/** Writes the files of an input into a folder, which is made where it is not there. */
export function writeInput(folder: string, input: Input): void {
  for (const [name, bytes] of input) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
}

/** The files of a folder and of those in it as an input, in the order of their names. */
export function readInput(folder: string): Input {
  return new Map(filesIn(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]))
}

/** The files in a folder, with slashes, in the order of their names. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}
