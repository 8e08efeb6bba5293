import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectFailure } from '../../base/expect-failure'
import { readFiles } from './table-values'

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'readers', 'parquet')

/** A fixture in which some bytes, which must stand there once, are others. */
function changed(name: string, from: string, to: string): Uint8Array {
  const bytes = readFileSync(join(FIXTURES, name))
  const [before, after] = [Buffer.from(from.replaceAll(' ', ''), 'hex'), Buffer.from(to.replaceAll(' ', ''), 'hex')]
  const at = bytes.indexOf(before)
  expect([at > 0, bytes.indexOf(before, at + 1), after.length]).toEqual([true, -1, before.length])
  bytes.set(after, at)
  return bytes
}

describe('a Parquet file', () => {
  it('whose run of words never ends is refused before memory is filled with it', async () => {
    // Levels, the width of a code, and a run: of 2³¹ − 1 equal codes in place of 24 packed ones.
    const bytes = changed(
      'mixed-none.parquet',
      '02 00 00 00 28 01 02 07 24 21 14 62 11 00',
      '02 00 00 00 28 01 02 fe ff ff ff 0f 00 00',
    )
    await expectFailure(() => readFiles({ 'x.parquet': bytes }), 'damaged-file', /its runs of values are too long/)
  })

  it('whose run of levels never ends is refused, too', async () => {
    const bytes = changed(
      'mixed-none.parquet',
      '02 00 00 00 28 01 02 07 24 21 14 62 11 00',
      '06 00 00 00 fe ff ff ff 0f 01 14 62 11 00',
    )
    await expectFailure(() => readFiles({ 'x.parquet': bytes }), 'damaged-file', /its runs of values are too long/)
  })

  it('whose pages do not say how long their levels are is refused: the library would read them for ever', async () => {
    const bytes = readFileSync(join(FIXTURES, 'mixed-zstd.parquet'))
    // The head of a field of a page that becomes the end of its fields.
    bytes.set([0], 466)
    await expectFailure(() => readFiles({ 'x.parquet': bytes }), 'damaged-file', /its levels lie outside a page/)
  })

  it('tells how far its reading is, and stops when asked to', async () => {
    const bytes = readFileSync(join(FIXTURES, 'mixed-snappy.parquet'))
    const shares: number[] = []
    await readFiles({ 'x.parquet': bytes }, { onProgress: (share) => shares.push(share) })
    expect(shares.length).toBeGreaterThan(0)
    const control = new AbortController()
    const reading = readFiles({ 'x.parquet': bytes }, { signal: control.signal, onProgress: () => control.abort() })
    await expectFailure(() => reading, 'cancelled')
  })

  it('of a set that lies in a folder called "data" is called like the folder around it', async () => {
    const train = readFileSync(join(FIXTURES, 'train-00000-of-00002.parquet'))
    const test = readFileSync(join(FIXTURES, 'test-00000-of-00001.parquet'))
    const table = await readFiles({
      'digits/data/train-00000-of-00001.parquet': train,
      'digits/data/test-00000-of-00001.parquet': test,
    })
    expect(table.name).toBe('digits')
  })
})
