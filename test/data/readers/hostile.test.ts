import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import type { FailureCode } from '../../../src/base/failure'
import { expectFailure } from '../../base/expect-failure'
import { idx } from '../idx-files'
import { header, npy } from '../npy-files'
import { partRows, readFiles, rowsOfTable, sentencesOf } from './table-values'

let folder = ''
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'made-hostile-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

const text = (string: string): Uint8Array => new TextEncoder().encode(string)
const latin1 = (string: string): Uint8Array => Buffer.from(string, 'latin1')
const zeros = (bytes: number): Uint8Array => new Uint8Array(bytes)

function idxHeader(...sizes: number[]): Uint8Array {
  return idx(sizes, zeros(0))
}

/** A matrix of one row and two columns called "bits", as MATLAB 4 wrote it. */
function oldMat(little: boolean): Uint8Array {
  const bytes = new Uint8Array(20 + 5 + 16)
  const view = new DataView(bytes.buffer)
  ;[little ? 0 : 1000, 1, 2, 0, 5].forEach((value, i) => view.setInt32(4 * i, value, little))
  bytes.set(latin1('bits\0'), 20)
  view.setFloat64(33, 1, little)
  return bytes
}

describe('a file that cannot be read', () => {
  it.each<[string, string, Uint8Array, FailureCode, RegExp]>([
    ['nothing', 'x', zeros(0), 'invalid-data', /^The file x is empty\.$/],
    ['gzip of nothing', 'x.gz', gzipSync(zeros(0)), 'invalid-data', /empty once it is unpacked/],
    ['zeros', 'x', zeros(1000), 'unknown-format', /in no format that MADE Studio reads/],
    ['blank lines', 'x.csv', text('\n\n \n'), 'invalid-data', /holds no rows/],
    [
      'mixed widths',
      'x.csv',
      text('1,0,1\n1,0,1\n1,0\n0,1,1\n'),
      'invalid-data',
      /^Line 3 of x\.csv has 2 fields, but the lines before it have 3\.$/,
    ],
    ['a longer row', 'x.csv', text('1,0\r\n1,0\r\n\r\n1,0,1\r\n'), 'invalid-data', /^Line 4 of x\.csv has 3 fields/],
    ['digits of mixed widths', 'x.txt', text('0101\n01\n'), 'invalid-data', /^Line 2 of x\.txt has 2 digits/],
    [
      'an open quotation mark',
      'x.csv',
      text('a,b\n1,2\n"1,2\n3,4\n'),
      'invalid-data',
      /opens in line 3 .* never closed/,
    ],
    ['a zero byte in text', 'x.csv', text(`${'1,0\n'.repeat(3000)}1,\0\n`), 'unknown-format', /its byte 12003 is zero/],
    ['LIBSVM with a letter', 'x', text('+1 1:1 3:1\n-1 2:x\n'), 'invalid-data', /^Line 2 of x holds "2:x"/],
    [
      'LIBSVM with indices that fall',
      'x',
      text('+1 1:1 3:1\n-1 4:1 2:1\n'),
      'invalid-data',
      /^Line 2 of x names index 2 after 4/,
    ],
    ['LIBSVM with a column of 10⁹', 'x', text('+1 1:1 999999999:1\n'), 'too-large', /names column 999999999/],
    ['ARFF without data', 'x.arff', text('@relation a\n@attribute b numeric\n'), 'invalid-data', /there was no @data/],
    [
      'ARFF with an undeclared value',
      'x.arff',
      text('@relation a\n@attribute b {x,y}\n@attribute c real\n@data\nx,1\nz,2\n'),
      'invalid-data',
      /^Line 6 of x\.arff holds "z"/,
    ],
    [
      'ARFF with a word for a number',
      'x.arff',
      text('@relation a\n@attribute b real\n@attribute c real\n@data\n1,x\n'),
      'invalid-data',
      /^Line 5 .* where a number is declared/,
    ],
    ['IDX of 10⁹ pictures', 'x', idxHeader(1_000_000_000, 28, 28), 'damaged-file', /speaks of 784000000016/],
    [
      'gzipped IDX of 10⁹ pictures',
      'x.gz',
      gzipSync(idxHeader(1_000_000_000, 28, 28)),
      'damaged-file',
      /at most \d+ bytes where its header speaks of 784000000016/,
    ],
    [
      'IDX that goes on',
      'x.gz',
      gzipSync(new Uint8Array([...idx([1, 2, 2], zeros(4)), 9])),
      'damaged-file',
      /goes on after the 20 bytes/,
    ],
    ['IDX of labels', 'x', idx([3], zeros(3)), 'invalid-data', /holds labels only/],
    [
      'a .npy of 10⁹ rows',
      'x.npy',
      npy(header('|u1', '(1000000000, 784)'), zeros(784)),
      'damaged-file',
      /holds 784 bytes of values where its shape speaks of 784000000000/,
    ],
    [
      'a .npy of 10⁹ columns',
      'x.npy',
      npy(header('|u1', '(1, 1000000000)'), zeros(9)),
      'damaged-file',
      /holds 9 bytes/,
    ],
    [
      'gzip cut off',
      'x.csv.gz',
      gzipSync(text('1,0\n'.repeat(500))).subarray(0, 25),
      'damaged-file',
      /it ends too early/,
    ],
    ['gzip around zip', 'x.gz', gzipSync(zipSync({ a: zeros(3) })), 'unknown-format', /compressed twice/],
    ['a zip of documents', 'x.zip', zipSync({ 'readme.md': text('hello') }), 'invalid-data', /holds no data/],
    [
      'a zip of several sets',
      'x.zip',
      zipSync({ 'a.csv': text('1,0\n'), 'b.csv': text('1,0\n') }),
      'invalid-data',
      /several data sets: "a\.csv", "b\.csv"/,
    ],
    ['a damaged Excel workbook', 'x.xlsx', zipSync({ 'xl/workbook.xml': text('<x/>') }), 'damaged-file', /workbook/],
    ...[true, false].map((little): [string, string, Uint8Array, FailureCode, RegExp] => [
      `MATLAB 4, ${little ? 'little' : 'big'}-endian`,
      'x.mat',
      oldMat(little),
      'unknown-format',
      /^The file x\.mat is a MATLAB file of version 4\.$/,
    ]),
    [
      'MATLAB 7.3',
      'x.mat',
      new Uint8Array([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, ...zeros(600)]),
      'damaged-file',
      /^The HDF5 file x\.mat is damaged: it cannot be opened\.$/,
    ],
    [
      'MATLAB 7.3 with the header that MATLAB gives it',
      'x.mat',
      new Uint8Array([
        ...latin1('MATLAB 7.3 MAT-file, Platform: GLNXA64'.padEnd(124)),
        0,
        2,
        0x49,
        0x4d,
        ...zeros(600),
      ]),
      'damaged-file',
      /^The HDF5 file x\.mat is damaged: it cannot be opened\.$/,
    ],
    [
      'a damaged Excel workbook in binary',
      'x.xlsb',
      zipSync({ 'xl/workbook.bin': zeros(9) }),
      'damaged-file',
      /workbook/,
    ],
    [
      'a damaged OpenDocument workbook',
      'x.ods',
      zipSync({ mimetype: text('x'), 'content.xml': text('<x/>') }),
      'damaged-file',
      /workbook/,
    ],
    [
      'Feather',
      'x.feather',
      new Uint8Array([...latin1('ARROW1'), ...zeros(90)]),
      'damaged-file',
      /Arrow file x\.feather/,
    ],
    [
      'a stream of Arrow',
      'x.arrows',
      new Uint8Array([...zeros(4).fill(255), 64, 0, 0, 0, 16, ...zeros(90)]),
      'invalid-data',
      /x\.arrows has no columns/,
    ],
    ['SQLite', 'x.db', new Uint8Array([...latin1('SQLite format 3\0'), ...zeros(90)]), 'damaged-file', /SQLite/],
    [
      'SAS',
      'x.sas7bdat',
      new Uint8Array([...zeros(12), 0xc2, 0xea, 0x81, 0x60, ...zeros(90)]),
      'unknown-format',
      /a SAS file/,
    ],
    [
      'NetCDF of before HDF5',
      'x.nc',
      new Uint8Array([...latin1('CDF\x01'), ...zeros(90)]),
      'unknown-format',
      /a NetCDF file/,
    ],
    ['Avro', 'x.avro', new Uint8Array([...latin1('Obj\x01'), ...zeros(90)]), 'unknown-format', /an Avro file/],
    ['a TIFF', 'x.tif', new Uint8Array([0x49, 0x49, 0x2a, 0, ...zeros(90)]), 'unknown-format', /TIFF/],
    ['a pickle', 'x.pkl', new Uint8Array([0x80, 0x04, 0x95, ...zeros(20)]), 'unknown-format', /pickle/],
    ['a web page', 'x.csv', text('<!DOCTYPE html>\n<html><body>404</body></html>\n'), 'unknown-format', /web page/],
    [
      'a pointer of Git LFS',
      'x.npz',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n'),
      'unknown-format',
      /Git LFS/,
    ],
  ])('is refused in words: %s', async (_what, name, bytes, code, sentence) => {
    await expectFailure(() => readFiles({ [name]: bytes }), code, sentence)
  })

  it('says that a single picture is one', async () => {
    const gif = latin1('GIF89a\x05\x00\x05\x00\x80\x00\x00')
    await expectFailure(() => readFiles({ 'x.gif': gif }), 'invalid-data', /is a single picture/)
  })

  it('is refused where there is none, an empty folder, or links in a circle', async () => {
    await expectFailure(() => readTable(join(folder, 'none')), 'not-found', /There is no file/)
    await mkdir(join(folder, 'empty'))
    await expectFailure(() => readTable(join(folder, 'empty')), 'invalid-data', /holds no data/)
    await symlink(join(folder, 'loop-b'), join(folder, 'loop-a'))
    await symlink(join(folder, 'loop-a'), join(folder, 'loop-b'))
    await expectFailure(
      () => readTable(join(folder, 'loop-a')),
      'unreadable-file',
      /cannot be read \(its link leads back to itself\)/,
    )
  })

  it.skipIf(process.platform === 'win32')('is refused, without waiting, where it is a pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    await expectFailure(() => readTable(join(folder, 'pipe')), 'unreadable-file', /is not a file/)
  })

  it.skipIf(process.platform !== 'linux')(
    'says which name in a folder is not UTF-8, and so cannot be reached',
    async () => {
      const place = join(folder, 'names')
      await mkdir(Buffer.concat([Buffer.from(`${place}/cl`), Buffer.of(0xff), Buffer.from('ass')]), { recursive: true })
      await expectFailure(
        () => readTable(place),
        'unreadable-file',
        /holds a file whose name is not UTF-8: "cl\ufffdass"/,
      )
    },
  )

  it('is read past a folder that leads back to itself', async () => {
    const inside = join(folder, 'round')
    await mkdir(inside)
    await symlink(inside, join(inside, 'again'))
    await writeFile(join(inside, 'bits.csv'), '1,0\n0,1\n')
    expect((await readTable(inside)).rows).toBe(2)
  })
})

describe('a bomb', () => {
  const gigabytes = 3

  it('of zeros in gzip is refused at its first bytes', async () => {
    const packed = gzipSync(zeros(128 * 1024 * 1024), { level: 1 })
    const bomb = Buffer.concat(Array.from({ length: 8 * gigabytes }, () => packed))
    const before = process.resourceUsage().maxRSS
    await expectFailure(() => readFiles({ 'bomb.csv.gz': bomb }), 'unknown-format', /in no format/)
    await expectFailure(() => readFiles({ 'bomb.npy.gz': bomb }), 'unknown-format', /in no format/)
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(512)
  })

  it('of one endless line is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, '0,'))
    await expectFailure(() => readFiles({ 'bomb.csv.gz': bomb }), 'invalid-data', /a row of more than 16,777,216 bytes/)
  })
})

describe('text in other forms', () => {
  const rows = [
    [1, 0, 1],
    [0, 1, 1],
  ]

  it.each<[string, Uint8Array]>([
    ['a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, ...text('1,0,1\n0,1,1\n')])],
    ['CRLF', text('1,0,1\r\n0,1,1\r\n')],
    ['CR alone', text('1,0,1\r0,1,1\r')],
    ['no line feed at the end', text('1,0,1\n0,1,1')],
    ['spaces around', text(' 1 , 0 , 1 \n 0 , 1 , 1 \n')],
    ['a comma after each', text('1,0,1,\n0,1,1,\n')],
    ['remarks and blank lines', text('# made by hand\n\n1,0,1\n# more\n0,1,1\n\n')],
    ['everything in quotes', text('"1","0","1"\n"0","1","1"\n')],
    ['points after', text('1.0,0.0,1.\n0.0,1.0,1.0\n')],
    ['exponents', text('1e0,0E+00,1.0e-0\n0e5,10e-1,1\n')],
    ['tabs', text('1\t0\t1\n0\t1\t1\n')],
    ['bars', text('1|0|1\n0|1|1\n')],
    ['blanks', text('  1  0 \t1\n0 1   1  \n')],
    ['no separator', text('101\n011\n')],
    ['UTF-16', new Uint8Array([0xff, 0xfe, ...Buffer.from('1,0,1\n0,1,1\n', 'utf16le')])],
    ['LIBSVM', text('+1 1:1 3:1\n-1 2:1 3:1 # two\n')],
    ['LIBSVM counted from 0', text('+1 0:1 2:1\n-1 1:1 2:1\n')],
    [
      'sparse ARFF',
      text('@relation r\n@attribute a numeric\n@attribute b {0,1}\n@attribute c real\n@data\n{0 1, 2 1}\n{1 1, 2 1}\n'),
    ],
    ['a zip file', zipSync({ 'readme.md': text('about'), 'bits.csv': text('1,0,1\n0,1,1\n') })],
  ])('is read: %s', async (_what, bytes) => {
    const table = await readFiles({ x: bytes })
    expect(rowsOfTable(table)).toEqual(rows)
    expect(table.values.kind).toBe('bits')
  })

  it('takes Windows-1252 for what is not UTF-8, and says so', async () => {
    const table = await readFiles({ 'x.csv': latin1('word,bit\ncaf\xe9,1\ncaf\xe9,0\n') })
    expect(table.values).toMatchObject({ kind: 'columns', columns: [{ words: ['café'] }, {}] })
    expect(sentencesOf(table)).toEqual([
      'x.csv is not UTF-8; its text was read as Western European (Windows-1252). If letters are wrong, name another one (--encoding).',
    ])
  })
})

describe('progress and cancelling', () => {
  const big = '1,0,1,1,0,0,1,0\n'.repeat(400_000)

  it('rises from 0 to 1', async () => {
    const shares: number[] = []
    const table = await readFiles({ 'x.csv': big }, { onProgress: (share) => shares.push(share) })
    expect(partRows(table)).toEqual({ all: 400_000 })
    expect(shares.length).toBeGreaterThan(0)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
  })

  it('stops in the middle', async () => {
    const control = new AbortController()
    const reading = readFiles(
      { 'x.csv': big.repeat(4) },
      { signal: control.signal, onProgress: (share) => share > 0 && control.abort() },
    )
    await expectFailure(() => reading, 'cancelled', /cancelled/)
  })
})
