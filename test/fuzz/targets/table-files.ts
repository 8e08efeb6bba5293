import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../../scripts/setup/project.mjs'
import { fileSetOf } from '../../../src/data/readers/file-set'
import { readParts } from '../../../src/data/readers/read-parts'
import { Reading } from '../../../src/data/readers/reading'
import type { Table } from '../../../src/data/table'
import type { ByteSource } from '../../../src/made/safetensors'
import { Fault } from '../checks/fault'
import { oneFile, sizeOf, type Input } from '../input'

/** The files in a folder of test/fixtures as inputs of one file each. */
export function fixtures(...folders: readonly string[]): Input[] {
  const folder = inProject('test', 'fixtures', ...folders)
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isFile() && !/\.(py|json)$/.test(name))
    .sort()
    .map((name) => oneFile(name, new Uint8Array(readFileSync(join(folder, name)))))
}

/** The same, only those whose names match. */
export function fixturesNamed(name: RegExp, ...folders: readonly string[]): Input[] {
  return fixtures(...folders).filter((input) => name.test([...input.keys()][0]))
}

/** Reads files from memory as one data set, the first of them chosen. @throws as `readParts`, or Fault */
export async function tableOf(files: Input): Promise<Table> {
  const [chosen] = files.keys()
  const set = fileSetOf(chosen, [...files.keys()])
  const sources = new Map([...files].map(([name, bytes]) => [name, strictSource(name, bytes)]))
  const identity = { name: chosen, pathOf: (member: string) => `/fuzz/${member}` }
  return readParts(set, chosen, sources, identity, {}, new Reading({}, sizeOf(files)))
}

/** Bytes as a file is read; whoever asks for what is not there is at fault. */
export function strictSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => {
      const isThere = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0
      if (!isThere || offset + length > bytes.length)
        throw new Fault(`of ${name}, which has ${bytes.length} bytes, ${length} at ${offset} are asked for`)
      return Promise.resolve(new Uint8Array(bytes.subarray(offset, offset + length)))
    },
  }
}
