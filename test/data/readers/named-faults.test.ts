import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { namedFault } from '../../../src/data/readers/decoding-thread'
import { verbatim } from '../../../src/words/say'

const READERS = join(import.meta.dirname, '..', '..', '..', 'src', 'data', 'readers')

function namesIn(file: string, pattern: RegExp): string[] {
  const text = readFileSync(join(READERS, file), 'utf8')
  return [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort()
}

it('a thread says what is wrong by a name, for which there are words', () => {
  const faults = { short: () => verbatim('short'), size: (bytes: number) => verbatim(`size ${bytes}`) }
  expect(namedFault(new Error('fault: short'), faults)?.english).toBe('short')
  expect(namedFault(new Error('fault: size 3'), faults)?.english).toBe('size 3')
  for (const message of ['fault: long', 'fault: toString', 'short', 'a library says fault: short'])
    expect(namedFault(new Error(message), faults)).toBeNull()
})

it.each(['arrow', 'hdf5'])('each name that the thread of %s throws is known, and no other', (format) => {
  const thrown = namesIn(`${format}-worker.cjs`, /Error\(['`]fault: ([a-z-]+)/g)
  expect(thrown.length).toBeGreaterThan(0)
  expect(namesIn(`${format}-file.ts`, /^ {2}'?([a-z-]+)'?: \([a-z]*\) => say\(/gm)).toEqual(thrown)
})
