import { zipSync } from 'fflate'
import { describe, expect, it, vi } from 'vitest'
import { Reading } from '../../../src/data/readers/reading'
import { ZipArchive } from '../../../src/data/readers/zip-archive'
import { zippedSource } from '../../../src/data/readers/zipped-source'
import { bytesSource, type ByteSource } from '../../../src/made/safetensors'
import { expectFailure } from '../../base/expect-failure'

const BYTES = Uint8Array.from({ length: 700_001 }, (_, i) => (i * i) % 251)

async function opened(zip: Uint8Array): Promise<{ readonly archive: ZipArchive; readonly source: ByteSource }> {
  const reading = new Reading({}, 1)
  const archive = await ZipArchive.open(bytesSource(zip), 'x.zip', reading)
  return { archive, source: zippedSource(archive, 'a/bytes', reading) }
}

/** Reads a source from the beginning to the end. */
async function readThrough(source: ByteSource, step: number): Promise<Uint8Array> {
  const all = new Uint8Array(source.size)
  for (let at = 0; at < all.length; at += step) all.set(await source.read(at, Math.min(step, all.length - at)), at)
  return all
}

describe('a file in a zip file', () => {
  const deflated = zipSync({ 'a/bytes': BYTES })

  it('is read from its beginning on without ever being held, as often as is asked', async () => {
    const { archive, source } = await opened(deflated)
    const whole = vi.spyOn(archive, 'read')
    expect(source.size).toBe(BYTES.length)
    expect(await source.read(0, 3)).toEqual(BYTES.slice(0, 3))
    for (const step of [256 * 1024, 1000, BYTES.length])
      expect(Buffer.compare(await readThrough(source, step), BYTES)).toBe(0)
    expect(whole).not.toHaveBeenCalled()
  })

  it('is read in any other order, too', async () => {
    const { source } = await opened(deflated)
    for (const [at, length] of [
      [BYTES.length - 8, 8],
      [0, 10],
      [10, 10],
      [500_000, 1],
      [3, 0],
    ])
      // prettier-ignore
      expect(await source.read(at, length)).toEqual(BYTES.slice(at, at + length))
  })

  it('is refused at its end where its checksum is wrong', async () => {
    const stored = zipSync({ 'a/bytes': BYTES }, { level: 0 })
    stored[600_000] ^= 1
    const { source } = await opened(stored)
    await expectFailure(() => readThrough(source, 256 * 1024), 'damaged-file', /checksum of "a\/bytes" is wrong/)
  })
})
