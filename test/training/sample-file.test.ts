import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { describe, expect, it, onTestFinished } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { readNpyBits } from '../../src/data/npy'
import type { RowCoding } from '../../src/data/preparation/coding'
import { drawnColumns } from '../../src/data/preparation/drawn-values'
import { writeSamples, type SampleOrder } from '../../src/training/sample-file'
import { expectFailure } from '../base/expect-failure'
import { temporaryFolder } from './small-run'

const COLUMNS = 70

/** Sample i is i in binary, again and again. */
function counting(count: number, change: Partial<SampleOrder> = {}): SampleOrder {
  return {
    count,
    columns: COLUMNS,
    picture: null,
    format: { kind: 'npy' },
    draw: async (first, some) => ({
      rows: BitMatrix.fromBytes(
        some,
        COLUMNS,
        Array.from({ length: some * COLUMNS }, (_, i) => ((first + Math.floor(i / COLUMNS)) >>> (i % 7)) & 1),
      ),
      probabilities: new Float32Array(some * COLUMNS).fill(0.5),
    }),
    between: () => Promise.resolve(),
    ...change,
  }
}

describe('samples written to a file', () => {
  it('as an array are there page by page: what was drawn is on the disk before more is', async () => {
    const place = await temporaryFolder()
    const path = join(place, 'x.npy')
    const count = 5001
    const shares: number[] = []
    let drawn = 0
    const order = counting(count)
    await writeSamples(path, {
      ...order,
      draw: async (first, some) => {
        expect([first, some <= 200]).toEqual([drawn, true])
        const [temporary] = readdirSync(place)
        // A page that was given to the file may still be on its way.
        if (drawn > 0) expect(statSync(join(place, temporary)).size).toBeGreaterThanOrEqual((drawn - 200) * COLUMNS)
        drawn += some
        return order.draw(first, some)
      },
      between: async (share) => void shares.push(share),
    })
    expect(readdirSync(place)).toEqual(['x.npy'])
    const rows = readNpyBits(await readFile(path), 'samples')
    expect([rows.rows, rows.columns]).toEqual([count, COLUMNS])
    expect(rows.words).toEqual((await order.draw(0, count)).rows.words)
    expect([shares.length, shares.at(-1)]).toEqual([Math.ceil(count / 200), 1])
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  })

  it.each(['npy', 'png'] as const)('leave nothing behind when they are cancelled: %s', async (kind) => {
    const place = await temporaryFolder()
    const order = counting(2000, {
      format: { kind },
      between: (share) => (share > 0.5 ? Promise.reject(new Error('enough')) : Promise.resolve()),
    })
    await expect(writeSamples(join(place, `x.${kind}`), order)).rejects.toThrow('enough')
    expect(readdirSync(place)).toEqual([])
  })

  it('as a sheet say the limit in words before anything is drawn, and the most can be drawn', async () => {
    const place = await temporaryFolder()
    const refused = (
      picture: SampleOrder['picture'],
      columns: number,
      count: number,
      sentence: RegExp,
    ): Promise<void> =>
      expectFailure(
        () =>
          writeSamples(join(place, 'x.png'), {
            ...counting(count, { format: { kind: 'png' }, picture, columns }),
            draw: () => Promise.reject(new Error('this was drawn')),
          }),
        'too-large',
        sentence,
      )
    await refused({ width: 28, height: 28 }, 784, 1_000_000, /^A sheet of 1,000,000 rows would be 29001×29001 pixels; a PNG holds at most 118,\d{3} such rows\.$/) // prettier-ignore
    await refused(null, 50_000, 2001, /a PNG holds at most 2,000 such rows/)
    expect(readdirSync(place)).toEqual([])
    await writeSamples(join(place, 'x.png'), counting(300, { format: { kind: 'png' } }))
    expect(decode(await readFile(join(place, 'x.png')))).toMatchObject({ width: 4 * COLUMNS, height: 4 * 300 })
  })

  it('as a table hold what the bits stand for: one category, the mean of a range, and nothing where it was missing', async () => {
    const coding: RowCoding = {
      kind: 'columns',
      columns: [
        { name: 'gone', kind: 'unused' },
        { name: 'a, b', kind: 'categories', values: ['x "y"', 3], gap: 'bit' },
        { name: 'n', kind: 'levels', levels: [1, 2], means: [0.5, 1.5, 7], gap: 'left-out' },
        { name: 'same', kind: 'empty', gap: 'nothing' },
        { name: 'f', kind: 'flag', gap: 'left-out' },
      ],
    }
    const table = drawnColumns(coding)
    if (!table) throw new Error('these are no columns')
    const rows = ['100000', '010100', '001111', '000011', '110010']
    const probabilities = rows.flatMap((_, row) =>
      (row === 4 ? [0.2, 0.9, 0.1] : [0.1, 0.3, 0.2]).concat(0.5, 0.5, 0.5),
    )
    const place = await temporaryFolder()
    await writeSamples(join(place, 'x.csv'), {
      count: 5,
      columns: 6,
      picture: null,
      format: { kind: 'csv', table, seed: 1 },
      draw: async (first, some) => ({
        rows: BitMatrix.fromBytes(
          some,
          6,
          rows.slice(first, first + some).flatMap((row) => Array.from(row, Number)),
        ),
        probabilities: Float32Array.from(probabilities.slice(6 * first)),
      }),
      between: () => Promise.resolve(),
    })
    expect(await readFile(join(place, 'x.csv'), 'utf8')).toBe(
      '"a, b",n,f\n"x ""y""",0.5,0\n3,1.5,0\n,7,1\n3,1.5,1\n3,1.5,0\n',
    )
  })
})

/** A file system with room for half a megabyte. */
async function smallDisk(): Promise<string | null> {
  const place = join(await temporaryFolder(), 'disk')
  await mkdir(place)
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', place])
  if (status !== 0) return null
  onTestFinished(() => void spawnSync('umount', [place]))
  return place
}

const canMount = process.platform === 'linux' && process.getuid?.() === 0
const skipped = canMount ? '' : ' — SKIPPED: only root may mount a small disk, on Linux'

describe.skipIf(!canMount)(`on a disk that becomes full${skipped}`, () => {
  it('they leave nothing behind and are refused in words', async ({ skip }) => {
    const place = await smallDisk()
    if (place === null) return skip('a small disk cannot be mounted here')
    await expectFailure(() => writeSamples(join(place, 'x.npy'), counting(50_000)), 'disk-full', /The disk is full/)
    expect(readdirSync(place)).toEqual([])
    await writeSamples(join(place, 'x.npy'), counting(5000))
    expect(readdirSync(place)).toEqual(['x.npy'])
  })
})
