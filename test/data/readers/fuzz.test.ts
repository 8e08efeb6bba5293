import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import { StudioError } from '../../../src/base/failure'
import { longOr } from '../../long'

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'readers')
const folder = mkdtempSync(join(tmpdir(), 'made-fuzz-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter(
  (name) => statSync(join(FIXTURES, name)).isFile() && !/\.py$|expected\.json$/.test(name),
)
const MEBIBYTE = 1024 * 1024

/** What may happen to a file on its way. Places are shares of its length, so that they shrink. */
const change = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant('flip' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), bit: fc.nat(7) }),
  fc.record({
    kind: fc.constant('overwrite' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.constantFrom(Uint8Array.of(255, 255, 255, 255), Uint8Array.of(255, 255, 255, 127), Uint8Array.of(0, 0, 0, 0)),
    ),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant('remove' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(20),
  }),
)
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never

function changed(bytes: Uint8Array, one: Change): Uint8Array {
  const at = Math.floor(one.at * Math.max(0, bytes.length - 1))
  switch (one.kind) {
    case 'cut':
      return bytes.subarray(0, at)
    case 'flip': {
      const copy = bytes.slice()
      if (at < copy.length) copy[at] ^= 1 << one.bit
      return copy
    }
    case 'overwrite': {
      const copy = bytes.slice()
      copy.set(one.bytes.subarray(0, copy.length - at), at)
      return copy
    }
    case 'insert':
      return Buffer.concat([bytes.subarray(0, at), one.bytes, bytes.subarray(at)])
    case 'remove':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + one.length)])
  }
}

/** Reads a file alone in a folder: a table, or one sentence and a hint. A picture is read with its folder. */
async function readOrRefuse(name: string, bytes: Uint8Array): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const path = join(folder, basename(name))
  writeFileSync(path, bytes)
  try {
    await readTable(/\.(png|gif|bmp|jpg|tiff?|webp|p[bgp]m)$/.test(name) ? folder : path)
  } catch (thrown) {
    if (!(thrown instanceof StudioError)) throw thrown
    expect(thrown.message).toMatch(/^[^\n]+\.$/)
    expect(thrown.hint).toMatch(/^[^\n]+\.$/)
    expect(thrown.message).not.toMatch(/undefined|is not a function|\[object/)
  }
}

describe('a damaged file', () => {
  const before = process.resourceUsage().maxRSS

  it.each(files)('is read or refused in words: %s', async (name) => {
    const whole = readFileSync(join(FIXTURES, name))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) =>
        readOrRefuse(name, changes.reduce(changed, new Uint8Array(whole))),
      ),
      { numRuns: longOr(12, 6) },
    )
  })

  it.each<[string, number[]]>([
    ['text', []],
    ['IDX', [0, 0, 8, 3]],
    ['gzip', [0x1f, 0x8b, 8, 0]],
    ['zip', [0x50, 0x4b, 3, 4]],
    ['npy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]],
    ['Parquet', [0x50, 0x41, 0x52, 0x31]],
    ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ])('of any bytes after the mark of %s is read or refused in words', async (_what, start) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (rest) =>
        readOrRefuse('any', new Uint8Array([...start, ...rest])),
      ),
      { numRuns: longOr(40, 20) },
    )
  })

  it('of any text is read or refused in words', async () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      ',',
      ';',
      '\t',
      ' ',
      '\n',
      '\r\n',
      '"',
      '""',
      'NaN',
      '?',
      '1:1',
      '-1',
      '1e999',
      'inf',
      '@data',
      '@relation x\n',
      '%',
      '#',
      '{0 1}',
      'é',
      '\u0000',
      '0.5',
      '99999999999999999999',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), (pieces) =>
        readOrRefuse('any.csv', new TextEncoder().encode(pieces.join(''))),
      ),
      { numRuns: 300 },
    )
  })

  it('takes no more than 512 MiB over what was there before', () => {
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan((512 * MEBIBYTE) / MEBIBYTE)
  })
})
